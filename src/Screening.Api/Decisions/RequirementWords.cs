using NodaTime;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>The dates of a requirement, each with the text that tells it.</summary>
internal static class RequirementWords
{
    /// <summary>
    /// The requirements of which people are told the dates. Where no date can help they are none: nobody should begin a course of medicine for a
    /// treatment that is not done.
    /// </summary>
    public static IReadOnlyList<Requirement> Told(Decision decision) => decision.Eligibility == Eligibility.Ineligible ? [] : decision.Requirements;

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
