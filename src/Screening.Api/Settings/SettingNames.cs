namespace Screening.Api.Settings;

/// <summary>
/// Every setting of the service, to find misspelt ones: a setting that nothing reads would silently leave a limit or an address at its
/// default.
/// </summary>
internal static class SettingNames
{
    /// <summary>Settings of one value.</summary>
    private static readonly string[] Single =
    [
        "Batch:IdleSeconds", "Batch:MaxConcurrent", "Batch:MaxWaiting", "CarePlans:Key", "Cds:Prefetch", "Clinic:TimeZone", "Connections:Max", "Cors:Origins",
        "DecisionLinks:Key", "DecisionLinks:Minutes", "Forms:Canonicals", "Protocols:Folder", "Serilog:MinimumLevel",
        "Serilog:MinimumLevel:Default", "Service:PublicUrl", "Shutdown:DrainSeconds",
    ];

    /// <summary>Settings that are lists, whose entries have numbers.</summary>
    private static readonly string[] Lists = ["Cds:Prefetch", "Cors:Origins", "Forms:Canonicals"];

    /// <summary>Settings below which a name of the operator's stands.</summary>
    private static readonly string[] Named = ["Serilog:MinimumLevel:Override"];

    private static readonly HashSet<string> Sections = Single.Select(SectionOf).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks the names of all settings.</summary>
    /// <exception cref="SettingException">
    /// A name in a section of this service is none of its settings, or a section or a whole name is nearly one of them.
    /// </exception>
    public static void Check(IConfiguration configuration)
    {
        // A section itself has no value, or an empty one.
        foreach (var name in configuration.AsEnumerable()
            .Where(setting => setting.Value is not null && (setting.Value.Length > 0 || !configuration.GetSection(setting.Key).GetChildren().Any()))
            .Select(setting => setting.Key).Order(StringComparer.Ordinal))
        {
            if (IsUnknown(name))
            {
                throw SettingException.Unknown(name, Single.MinBy(known => Distance(name, known))!);
            }
        }
    }

    private static bool IsUnknown(string name)
    {
        var section = SectionOf(name);
        if (section == name)
        {
            // An environment variable of somebody else's, unless it is a whole setting with a wrong separator.
            return Single.Any(known => Distance(name, known.Replace(":", "__", StringComparison.Ordinal)) <= MaxEdits(known));
        }

        return Sections.Contains(section) ? !IsKnown(name) : Sections.Any(known => Distance(section, known) <= MaxEdits(known));
    }

    private static bool IsKnown(string name)
    {
        var parent = name[..name.LastIndexOf(':')];
        return Single.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (Lists.Contains(parent, StringComparer.OrdinalIgnoreCase) && name[(parent.Length + 1)..].All(char.IsAsciiDigit))
            || Named.Any(above => name.StartsWith(above + ":", StringComparison.OrdinalIgnoreCase));
    }

    private static string SectionOf(string name) => name.Split(':')[0];

    /// <summary>Two, but one for names so short that two would make another word of them.</summary>
    private static int MaxEdits(string known) => known.Length > 3 ? 2 : 1;

    /// <summary>How many letters must be inserted, removed or replaced to make one name the other (Levenshtein), whatever their case.</summary>
    private static int Distance(string one, string other)
    {
        var (from, to) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
