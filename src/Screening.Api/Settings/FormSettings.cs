using Screening.Fhir;

namespace Screening.Api.Settings;

/// <summary>
/// The names of filled-in forms that count beside those that follow from a protocol: the setting <c>Forms:Canonicals</c>, for a clinic
/// whose record system keeps the form under a name of its own.
/// </summary>
public sealed class FormSettings
{
    private const string Setting = "Forms:Canonicals";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">Something that it lists names no Questionnaire.</exception>
    public FormSettings(IConfiguration configuration)
    {
        var stated = configuration.ListOf(Setting);
        Names = stated.All(FormNames.IsName) ? new FormNames(stated)
            : throw new SettingException(Setting, "a list of canonical URLs, such as https://forms.example.org/Questionnaire/skin, or of references such as Questionnaire/123, each perhaps with |version.");
    }

    /// <summary>The names under which a form counts.</summary>
    public FormNames Names { get; }
}
