using Screening.Api.Logging;

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
        // Else it would be known when all the work is done.
        if (Output?.Length == 0 || Directory.Exists(Output))
        {
            throw new IOException("The output is not the name of a file.");
        }

#pragma warning disable RS0030 // The console's input as a stream of lines.
        var input = Input is null ? Console.OpenStandardInput() : File.OpenRead(Input);
#pragma warning restore RS0030
        try
        {
            return (input, Output is null ? StandardOutput.Open() : File.Create(Part));
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Gives the output, which is whole, its name once it is closed and on the disk: a machine may stop at any moment.</summary>
    public void Complete(Stream output)
    {
        if (Output is not null)
        {
            ((FileStream)output).Flush(flushToDisk: true);
            output.Dispose();
            File.Move(Part, Output, overwrite: true);
        }
    }
}
