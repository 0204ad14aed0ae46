using Screening.Api.Settings;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Additional prefetch templates, by key or resource type: the setting <c>Cds:Prefetch</c>. They are opt-in, because a record system fails
/// a prefetch whose search it does not support.
/// </summary>
public sealed class PrefetchSettings
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">A value is not the key or type of an additional template.</exception>
    public PrefetchSettings(IConfiguration configuration) => Keys = [.. ServiceSettings.CdsPrefetch.Of(configuration, Key)];

    /// <summary>The keys of the additional templates.</summary>
    public IReadOnlyCollection<string> Keys { get; }

    private static string? Key(string value) =>
        PrefetchTemplate.Further.Where(template => Matches(template.Key, value) || Matches(template.Type, value))
            .Select(template => template.Key).FirstOrDefault();

    private static bool Matches(string name, string value) => string.Equals(name, value, StringComparison.OrdinalIgnoreCase);
}
