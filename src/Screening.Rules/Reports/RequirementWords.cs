using NodaTime;

namespace Screening.Rules;

/// <summary>The dates of a requirement, each with the text that tells it.</summary>
public static class RequirementWords
{
    /// <summary>
    /// The requirements of which people are told the dates. Where no date can help they are none: nobody should begin a course of medicine
    /// for a treatment that is not done.
    /// </summary>
    public static IReadOnlyList<Requirement> Told(Decision decision) =>
        decision.Eligibility == Eligibility.Ineligible ? [] : decision.Requirements;

    /// <summary>How requirements are called: to be done, or only if the date were possible.</summary>
    public static LocalizedText Name(Decision decision) => decision.Bookable ? ReportTexts.RequiredLine : ReportTexts.RequiredBesides;

    /// <summary>In full sentences.</summary>
    public static IEnumerable<string> Sentences(Requirement requirement, Language language) =>
        Of(requirement, ReportTexts.StopBy, ReportTexts.StartBy, ReportTexts.ContinueThrough)
            .Select(one => one.Text.In(language).With("date", DateWords.Of(one.Date, language)));

    /// <summary>In the texts given.</summary>
    public static IEnumerable<(LocalizedText Text, LocalDate Date)> Of(
        Requirement requirement, LocalizedText stopBy, LocalizedText startBy, LocalizedText continueThrough)
    {
        (LocalizedText Text, LocalDate? Date)[] all =
            [(stopBy, requirement.StopBy), (startBy, requirement.StartBy), (continueThrough, requirement.ContinueThrough)];
        foreach (var (text, date) in all)
        {
            if (date is { } told)
            {
                yield return (text, told);
            }
        }
    }
}
