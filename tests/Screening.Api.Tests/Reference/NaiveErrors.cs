namespace Screening.Api.Tests.Reference;

/// <summary>Collects the pointers of all errors; one error of shape makes the whole answer a 400.</summary>
internal sealed class NaiveErrors
{
    public SortedSet<string> Pointers { get; } = new(StringComparer.Ordinal);

    public bool AnyShape { get; private set; }

    public void Shape(string pointer)
    {
        Pointers.Add(pointer);
        AnyShape = true;
    }

    public void Meaning(string pointer)
    {
        Pointers.Add(pointer);
    }

    /// <summary>Is there an error at this pointer or below it?</summary>
    public bool AnyAt(string pointer)
    {
        foreach (string found in Pointers)
        {
            if (found == pointer || found.StartsWith(pointer + "/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
