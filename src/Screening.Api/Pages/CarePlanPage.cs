using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// A care plan as a page for the patient, to print or to keep on a telephone: everything to do and to expect, dated, in the patient's
/// words. How the appointment was decided is not told, except that the plan of one that is not bookable is a preview, on every printed page.
/// </summary>
internal static class CarePlanPage
{
    /// <summary>The buffer size for an ordinary page.</summary>
    public const int InitialCapacity = 32 * 1024;

    /// <summary>Writes a plan as a page. Pure: the same arguments give the same page.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="request">The request; its appointment has a start.</param>
    /// <param name="decision">Its decision.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="id">The decision's id.</param>
    /// <param name="language">The language.</param>
    /// <param name="next">Adds what may be asked next, as a form; null where nothing may.</param>
    /// <param name="receipt">The decision's receipt; null where none was made.</param>
    public static void Write(
        Utf8Output output,
        ScreeningRequest request,
        Decision decision,
        CarePlan plan,
        Guid id,
        Language language,
        Action<Html>? next = null,
        string? receipt = null)
    {
        var html = new Html();
        var document = decision.Intake.Protocol.Document;
        var title = Heading(CarePlanTexts.Title, decision, language) + " · " + document.Title.In(language);
        PageFrame.Start(html, language, title, next is null ? null : FormStyle.Plain);
        RunningHead.Write(html, language, request.Today, decision.Bookable ? null : CarePlanTexts.Preview);
        Header(html, decision, language);
        foreach (var (heading, steps) in Groups(decision, plan))
        {
            Section(html, decision, plan, language, heading, steps);
        }

        html.Add($"""<section class="risks"><h2>{Heading(CarePlanTexts.Risks, decision, language)}</h2><ul>""");
        foreach (var risk in document.Risks)
        {
            html.Add($"<li>{risk.Text.In(language)}</li>\n");
        }

        html.Add($"</ul></section>\n");
        next?.Invoke(html);
        About(html, request, decision, id, language);
        ReceiptSection.Write(html, receipt, language);
        PageFrame.End(html);
        output.Raw(html.ToUtf8());
    }

    private static void Header(Html html, Decision decision, Language language)
    {
        var (start, end) = (decision.Appointment.Start!.Value, decision.Appointment.End);
        var areas = decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.PatientAnswers[areas.Index];
        var until = end is null ? string.Empty
            : ", " + CarePlanTexts.Until.In(language)
                .With("time", end.Value.Date == start.Date ? CarePlanDates.TimeOfDay(end.Value) : DateWords.Of(end.Value, language));
        var places = treated.Given ? " · " + string.Join(", ", AnswerWords.Of(areas, treated, language)) : string.Empty;
        var counted = (end is null ? CarePlanTexts.FromStart : CarePlanTexts.FromEnd).In(language)
            .With("time", DateWords.Of(end ?? start, language));
        html.Add($"""
            <header><p class="about">{decision.Intake.Protocol.Document.Title.In(language)}</p>
            <h1>{Heading(CarePlanTexts.Title, decision, language)}</h1>
            <p>{CarePlanTexts.Lead.In(language)}</p>
            <p class="when">{CarePlanTexts.Appointment.In(language)}: {DateWords.Of(start, language) + until + places}</p>
            <p>{CarePlanTexts.Zone.In(language).With("zone", decision.Appointment.Zone.Id)} {counted}</p></header>
            <p class="purpose">{CarePlanTexts.Purpose.In(language)}</p>

            """);
    }

    /// <summary>
    /// The sections with their steps, each step in one. What to tell the clinic before the treatment belongs to the preparation; what to
    /// tell after it must be found at once.
    /// </summary>
    private static IEnumerable<(LocalizedText Heading, IReadOnlyList<PlannedStep> Steps)> Groups(Decision decision, CarePlan plan)
    {
        (LocalizedText Heading, IEnumerable<PlannedStep> Steps)[] groups =
        [
            .. new[] { CarePlanTexts.Before, CarePlanTexts.OnTheDay, CarePlanTexts.After, CarePlanTexts.Warnings }
                .Select(heading => (heading, plan.Steps.Where(step => HeadingOf(step, decision) == heading))),
        ];
        return groups.Select(group => (group.Heading, (IReadOnlyList<PlannedStep>)[.. group.Steps])).Where(group => group.Item2.Count > 0);
    }

    private static LocalizedText HeadingOf(PlannedStep planned, Decision decision) => planned.Step switch
    {
        { Kind: CareKind.Tell, Phase: CarePhase.After } => CarePlanTexts.Warnings,
        _ when CarePlanDates.IsWithin(planned.When, decision.Date) => CarePlanTexts.OnTheDay,
        { Phase: CarePhase.Before } => CarePlanTexts.Before,
        _ => CarePlanTexts.After,
    };

    private static void Section(
        Html html, Decision decision, CarePlan plan, Language language, LocalizedText heading, IReadOnlyList<PlannedStep> steps)
    {
        var isWarning = heading == CarePlanTexts.Warnings;
        html.Add($"""
            <section class="{(isWarning ? "warning" : "steps")}"><h2>{Heading(heading, decision, language)}</h2>
            <ul class="findings">

            """);
        foreach (var planned in steps)
        {
            // The number by which a calendar's neutral title refers to the step.
            var (step, when) = planned;
            var number = plan.Steps.IndexOf(planned) + 1;
            var passed = CarePlanDates.IsOver(when, decision.Today) ? " " + CarePlanTexts.Passed.In(language) : string.Empty;
            html.Add($"""
                <li><p><b>{number}. {CarePlanTexts.Kind(step.Kind).In(language)}:</b>
                <span class="by">{CarePlanDates.Of(when, language) + passed}</span></p>
                <p>{step.Text.In(language)}</p></li>

                """);
        }

        html.Add($"</ul>");
        if (isWarning)
        {
            html.Add($"""<p class="blank on-paper">{CarePlanTexts.Telephone.In(language)}</p>""");
        }

        html.Add($"</section>\n");
    }

    private static void About(Html html, ScreeningRequest request, Decision decision, Guid id, Language language)
    {
        var document = decision.Intake.Protocol.Document;
        var source = Phrase.Of(
            CarePlanTexts.Source,
            language,
            ("document", Phrase.Quote(document.Source.Document)),
            ("title", document.Title.In(language)),
            ("version", document.Version));
        html.Add($"""<section class="about"><p>{source}</p><table><tbody>""");
        Row(html, ReportTexts.AsOfDate.In(language), DateWords.Of(request.Today, language));
        if (request.Reference is { } reference)
        {
            Row(html, ReportTexts.Reference.In(language), reference);
        }

        Row(html, ReportTexts.DecisionId.In(language), id.ToString());
        html.Add($"</tbody></table><p>{CarePlanTexts.OwnDecision.In(language)}</p></section>\n");
    }

    private static void Row(Html html, string name, string value) => html.Add($"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>\n");

    /// <summary>Not every printer repeats what is fixed to the page, so a preview says so in each heading too.</summary>
    private static string Heading(LocalizedText heading, Decision decision, Language language) =>
        decision.Bookable ? heading.In(language) : CarePlanTexts.PreviewHeading.In(language).With("heading", heading.In(language));
}
