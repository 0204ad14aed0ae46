using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// The dates of the drawing as a list from top to bottom, in its place where a screen is too narrow for it: the same dates, with the same
/// signs.
/// </summary>
internal static class DateList
{
    private const string Diamond = "M8 1l7 7-7 7-7-7Z";
    private const string Triangle = "M1 2h14L8 14Z";
    private const string Square = "M3 3h10v10h-10Z";
    private const string Stripes = "M1 5L5 1M1 10L10 1M1 15L15 1M6 15L15 6M11 15L15 11";

    /// <summary>Adds the list.</summary>
    public static void Write(PageParts page)
    {
        page.Html.Add($"""<ol class="days">""");
        foreach (var (_, when, what, kind, path) in Entries(page).OrderBy(entry => entry.Begins))
        {
            page.Html.Add($"""<li><svg class="mark" aria-hidden="true" viewBox="0 0 16 16"><path class="{kind}" d="{path}"/></svg>""");
            page.Html.Add($"<b>{when}</b><br>{what}</li>");
            page.Html.Add($"\n");
        }

        page.Html.Add($"</ol>\n");
    }

    private static IEnumerable<(LocalDate Begins, string When, string What, string Kind, string Path)> Entries(PageParts page)
    {
        var (decision, language) = (page.Decision, page.Report.Language);
        yield return One(decision.Today, ReportTexts.AsOfDate, "ring-line", "M8 2a6 6 0 1 0 .01 0Z");
        yield return One(decision.Date, ReportTexts.RequestedDate, "solid", Diamond);
        if (decision.EarliestDate is { } earliest && earliest != decision.Date)
        {
            yield return One(earliest, ReportTexts.FirstFree, "solid", Triangle);
        }

        foreach (var (i, wait) in decision.WaitingPeriods.Index())
        {
            LocalDate? from = wait.BlockedFrom is { } first ? first : null;
            yield return Run(from, wait.BlockedThrough, TimelineSvg.WaitLabel(page, i, i), "stripe-line", Stripes);
        }

        foreach (var window in decision.Windows)
        {
            LocalDate? through = window.Through is { } last ? last : null;
            yield return Run(window.From, through, page.T(PageTexts.FreeLine), "free", Square);
        }

        foreach (var requirement in RequirementWords.Told(decision))
        {
            var dates = RequirementWords.Of(requirement, ReportTexts.StopBy, ReportTexts.StartBy, ReportTexts.ContinueThrough);
            foreach (var (text, date) in dates)
            {
                var what = $"{page.T(RequirementWords.Name(decision))}: {page.T(text).With("date", page.ShortDate(date))}";
                yield return (date, page.Date(date), what, "solid", Square);
            }
        }

        (LocalDate, string, string, string, string) One(LocalDate date, LocalizedText name, string kind, string path) =>
            (date, page.Date(date), page.T(name), kind, path);

        (LocalDate, string, string, string, string) Run(LocalDate? from, LocalDate? through, string what, string kind, string path) =>
            (from ?? LocalDate.MinIsoValue, DateWords.Interval(from, through, language), what, kind, path);
    }
}
