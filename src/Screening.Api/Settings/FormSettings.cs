using Screening.Fhir;

namespace Screening.Api.Settings;

/// <summary>
/// Additional names under which completed forms are accepted, besides those derived from a protocol: the setting <c>Forms:Canonicals</c>,
/// for a clinic whose record system stores the form under its own name.
/// </summary>
public sealed class FormSettings
{
    private const string Setting = "Forms:Canonicals";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">A value does not name a Questionnaire.</exception>
    public FormSettings(IConfiguration configuration)
    {
        var names = configuration.ListOf(Setting);
        Names = names.All(FormNames.IsName) ? new FormNames(names)
            : throw new SettingException(Setting, "a list of canonical URLs, such as https://forms.example.org/Questionnaire/skin, or of references such as Questionnaire/123, each perhaps with |version.");
    }

    /// <summary>The accepted names.</summary>
    public FormNames Names { get; }
}
