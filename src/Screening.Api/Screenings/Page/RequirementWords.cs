using NodaTime;
using Screening.Rules;

namespace Screening.Api.Screenings.Page;

/// <summary>The dates of a requirement, each with the text that tells it.</summary>
internal static class RequirementWords
{
    /// <summary>In full sentences.</summary>
    public static IEnumerable<(LocalizedText Text, LocalDate Date)> Full(Requirement requirement) =>
        Of(requirement, PageTexts.StopBy, PageTexts.StartBy, PageTexts.ContinueThrough);

    /// <summary>In a few letters, for the drawing.</summary>
    public static IEnumerable<(LocalizedText Text, LocalDate Date)> Short(Requirement requirement) =>
        Of(requirement, PageTexts.StopByShort, PageTexts.StartByShort, PageTexts.ContinueThroughShort);

    private static IEnumerable<(LocalizedText Text, LocalDate Date)> Of(Requirement requirement, LocalizedText stopBy, LocalizedText startBy, LocalizedText continueThrough)
    {
        (LocalizedText Text, LocalDate? Date)[] all = [(stopBy, requirement.StopBy), (startBy, requirement.StartBy), (continueThrough, requirement.ContinueThrough)];
        foreach (var (text, date) in all)
        {
            if (date is { } told)
            {
                yield return (text, told);
            }
        }
    }
}
