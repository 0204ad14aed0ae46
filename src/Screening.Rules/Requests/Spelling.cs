namespace Screening.Rules;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
public static class Spelling
{
    /// <summary>The most letters in which a long name may differ; a short one may in half as many.</summary>
    private const int MostWrong = 2;

    /// <summary>The longest name that one of two wrong letters would change beyond recognition.</summary>
    private const int Short = 4;

    /// <summary>The most similar of the names, regardless of case; null when none is similar.</summary>
    public static string? Nearest(IReadOnlyList<string> names, string misspelt)
    {
        var (nearest, fewest) = ((string?)null, int.MaxValue);
        foreach (var name in names)
        {
            var most = name.Length > Short ? MostWrong : MostWrong / 2;
            if (Math.Abs(name.Length - misspelt.Length) <= most && Distance(name, misspelt) is var wrong && wrong <= most && wrong < fewest)
            {
                (nearest, fewest) = (name, wrong);
            }
        }

        return nearest;
    }

    /// <summary>The number of letters to insert, remove or replace (Levenshtein), regardless of case.</summary>
    private static int Distance(string name, string other)
    {
        Span<int> row = stackalloc int[name.Length + 1];
        for (var i = 0; i <= name.Length; i++)
        {
            row[i] = i;
        }

        for (var j = 1; j <= other.Length; j++)
        {
            var diagonal = row[0];
            row[0] = j;
            for (var i = 1; i <= name.Length; i++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(name[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[name.Length];
    }
}
