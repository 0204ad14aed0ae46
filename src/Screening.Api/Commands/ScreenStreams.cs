namespace Screening.Api.Commands;

/// <summary>Where the lines of a screening come from, and where its answers go.</summary>
/// <param name="Input">A file; null for standard input.</param>
/// <param name="Output">A file; null for standard output.</param>
internal sealed record ScreenStreams(string? Input, string? Output)
{
    // Whoever finds the file finds all of it: one that broke off has another name, and is written anew.
    private string Part => Output + ".part";

    /// <summary>Opens both.</summary>
    /// <exception cref="IOException">One of them cannot be opened.</exception>
    public (Stream Input, Stream Output) Open()
    {
        var input = Input is null ? StandardStreams.Input() : File.OpenRead(Input);
        try
        {
            return (input, Output is null ? StandardStreams.Output() : File.Create(Part));
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Gives the output its name: it is whole, and closed.</summary>
    public void Complete()
    {
        if (Output is not null)
        {
            File.Move(Part, Output, overwrite: true);
        }
    }
}
