using System.Globalization;
using NodaTime.Text;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>What tells this answer from another, and lets anyone repeat it.</summary>
internal static class AboutSection
{
    /// <summary>Adds it.</summary>
    public static void Write(PageParts page)
    {
        var decision = page.Decision;
        var protocol = decision.Intake.Protocol;
        var appointment = decision.Appointment;
        page.Html.Add($"<section class=\"about\"><h2>{page.T(PageTexts.About)}</h2>\n<table><tbody>\n");
        Row(page, PageTexts.Appointment, page.When);
        if (page.ZoneKnown && appointment.End is { } end)
        {
            Row(page, PageTexts.End, DateWords.Of(end, page.Language));
        }

        var asOf = InstantPattern.ExtendedIso.Format(page.Request.AsOf);
        if (page.ZoneKnown)
        {
            Row(page, PageTexts.TimeZone, appointment.Zone.Id);
            asOf = $"{DateWords.Of(page.Request.AsOf.InZone(appointment.Zone), page.Language)} {page.T(PageTexts.ClinicTime)} ({asOf})";
        }

        Row(page, PageTexts.AsOfDate, asOf);
        Row(page, PageTexts.Answers, page.Notes.Answers);
        Row(page, RecordTexts.Record, page.Notes.LookedAt);
        Row(page, PageTexts.Reference, page.Request.Reference);
        Row(page, PageTexts.DecisionId, page.Id.ToString());
        Row(page, PageTexts.Protocol, $"{page.T(protocol.Document.Title)} ({protocol.Id}@{protocol.Document.Version})");
        Row(page, PageTexts.Digest, protocol.Digest);
        if (page.ForStaff)
        {
            StaffRows(page);
        }

        page.Html.Add($"</tbody></table></section>\n");
    }

    private static void StaffRows(PageParts page)
    {
        var decision = page.Decision;
        var clear = decision.Findings.Count(finding => finding.Outcome == Outcome.Clear);
        Row(page, PageTexts.Status, WireName.Of(decision.Eligibility), "for-clinician");
        Row(page, PageTexts.RulesLookedAt, page.T(PageTexts.RulesClear)
            .With("all", decision.Findings.Length.ToString(CultureInfo.InvariantCulture)).With("clear", clear.ToString(CultureInfo.InvariantCulture)), "for-clinician");
    }

    /// <summary>Nothing where there is nothing to say.</summary>
    private static void Row(PageParts page, LocalizedText what, string? value, string reader = "")
    {
        if (value is not null)
        {
            page.Html.Add($"<tr class=\"{reader}\"><th scope=\"row\">{page.T(what)}</th><td>{value}</td></tr>\n");
        }
    }
}
