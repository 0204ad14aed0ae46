using Screening.Fhir;

namespace Screening.Api.Settings;

/// <summary>
/// Additional names under which completed forms are accepted, besides those derived from a protocol: the setting <c>Forms:Canonicals</c>,
/// for a clinic whose record system stores the form under its own name.
/// </summary>
public sealed class FormSettings
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">A value does not name a Questionnaire.</exception>
    public FormSettings(IConfiguration configuration) =>
        Names = new FormNames(ServiceSettings.FormsCanonicals.Of(configuration, name => FormNames.IsName(name) ? name : null));

    /// <summary>The accepted names.</summary>
    public FormNames Names { get; }
}
