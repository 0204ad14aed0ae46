using Screening.Api.Settings;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// What clients are asked to fetch beside what every record system offers: the setting <c>Cds:Prefetch</c>, keys or types of resources. A
/// system that does not know a search fails it, so that nothing of it is asked for unless somebody says that this one does.
/// </summary>
public sealed class PrefetchSettings
{
    private const string Setting = "Cds:Prefetch";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">Something that it lists cannot be asked for.</exception>
    public PrefetchSettings(IConfiguration configuration) => Keys = [.. configuration.ListOf(Setting).Select(Key)];

    /// <summary>The keys that are asked for as well.</summary>
    public IReadOnlyCollection<string> Keys { get; }

    private static string Key(string stated) =>
        PrefetchTemplate.Further.Where(further => Is(further.Key, stated) || Is(further.Type, stated)).Select(further => further.Key)
            .FirstOrDefault() ?? throw new SettingException(Setting, $"a list of any of these: {string.Join(", ", Offered())}.");

    private static IEnumerable<string> Offered() => PrefetchTemplate.Further.Select(further => $"{further.Key} ({further.Type})");

    private static bool Is(string name, string stated) => string.Equals(name, stated, StringComparison.OrdinalIgnoreCase);
}
