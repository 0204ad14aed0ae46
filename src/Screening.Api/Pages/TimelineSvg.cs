using System.Globalization;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// Draws the timeline. Shapes carry the meaning, so that it reads in black and white: blocked dates are striped, free ones plain; the
/// requested date is a diamond on a solid line, the first possible one a triangle on a dashed line, the as-of date a ring on a dotted line;
/// a required action is a square.
/// </summary>
internal static class TimelineSvg
{
    private const double LabelRow = 20;
    private const double LaneHeight = 42;
    private const double BarHeight = 16;
    private const double LetterWidth = 6.8;

    /// <summary>Adds the drawing.</summary>
    public static void Write(PageParts page)
    {
        var decision = page.Decision;
        var line = Timeline.Of(decision);
        var free = decision.EarliestDate is { } earliest && earliest != decision.Date ? earliest : (LocalDate?)null;
        var lanesTop = (free is null ? 2 : 3) * LabelRow;
        var lanes = line.Waits.Count + (line.Free.Count > 0 ? 1 : 0) + RequirementWords.Told(page.Decision).Count;
        var axis = lanesTop + (lanes * LaneHeight) + 8;
        var html = page.Html;
        html.Add($"""
            <svg role="img" aria-labelledby="line-title line-desc" viewBox="0 0 {Timeline.Width} {axis + 44}">
            <title id="line-title">{page.T(PageTexts.DateLine)}</title>
            <desc id="line-desc">{Description(page, line)}</desc>
            <defs><pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="stripe" d="M0 0V7"/></pattern></defs>

            """);
        Axis(page, line, axis);

        var top = 0.0;
        Mark(page, line, decision.Date, ReportTexts.RequestedDate, "requested", top, axis);
        if (free is { } date)
        {
            Mark(page, line, date, ReportTexts.FirstFree, "first", top += LabelRow, axis);
        }

        Mark(page, line, decision.Today, ReportTexts.AsOfDate, "as-of", top + LabelRow, axis);

        var lane = lanesTop;
        foreach (var waits in line.Waits)
        {
            Lane(page, ref lane, WaitLabel(page, waits.FirstWait, waits.LastWait), waits.Bars, "blocked");
        }

        if (line.Free.Count > 0)
        {
            Lane(page, ref lane, page.T(PageTexts.FreeLine), line.Free, "free");
        }

        foreach (var requirement in RequirementWords.Told(page.Decision))
        {
            Required(page, line, ref lane, requirement);
        }

        html.Add($"</svg>\n");
    }

    private static string Description(PageParts page, Timeline line) => string.Join(
        ' ',
        page.T(PageTexts.LineText).With("from", page.Date(line.First)).With("through", page.Date(line.Last)),
        $"{page.T(ReportTexts.RequestedDate)}: {page.Date(page.Decision.Date)}.",
        $"{page.T(ReportTexts.AsOfDate)}: {page.Date(page.Decision.Today)}.");

    /// <summary>The label of waits, by the indexes of the first and the last.</summary>
    public static string WaitLabel(PageParts page, int first, int last) => first == last
        ? page.T(PageTexts.WaitLine).With("n", (first + 1).ToString(CultureInfo.InvariantCulture))
        : page.T(PageTexts.WaitsLine).With("n", string.Create(CultureInfo.InvariantCulture, $"{first + 1}–{last + 1}"));

    private static void Lane(PageParts page, ref double top, string label, IReadOnlyList<TimelineBar> bars, string kind)
    {
        LaneLabel(page, top, label);
        foreach (var bar in bars)
        {
            page.Html.Add($"""<rect class="{kind}" x="{bar.X}" y="{top + 20}" width="{bar.Length}" height="{BarHeight}"/>""");
            var middle = top + 20 + (BarHeight / 2);
            if (bar.OpenLeft)
            {
                page.Html.Add($"""<path class="arrow" d="M{Timeline.Edge - 2} {middle - 6}L{Timeline.Edge - 10} {middle}L{Timeline.Edge - 2} {middle + 6}Z"/>""");
            }

            if (bar.OpenRight)
            {
                var right = Timeline.Width - Timeline.Edge;
                page.Html.Add($"""<path class="arrow" d="M{right + 2} {middle - 6}L{right + 10} {middle}L{right + 2} {middle + 6}Z"/>""");
            }
        }

        page.Html.Add($"\n");
        top += LaneHeight;
    }

    /// <summary>Draws a square on each date; the dates of a course are joined.</summary>
    private static void Required(PageParts page, Timeline line, ref double top, Requirement requirement)
    {
        var labelled = RequirementWords
            .Of(requirement, PageTexts.StopByShort, PageTexts.StartByShort, PageTexts.ContinueThroughShort).ToList();
        LocalDate[] dates = [.. labelled.Select(deadline => deadline.Date)];
        var labels = labelled.Select(deadline => page.T(deadline.Text).With("date", page.ShortDate(deadline.Date)));
        LaneLabel(page, top, $"{page.T(RequirementWords.Name(page.Decision))}: {string.Join(", ", labels)}");
        var y = top + 20 + (BarHeight / 2);
        if (dates.Length > 1)
        {
            page.Html.Add($"""<path class="course" d="M{line.Middle(dates[0])} {y}H{line.Middle(dates[^1])}"/>""");
        }

        foreach (var date in dates)
        {
            page.Html.Add($"""<rect class="required" x="{line.Middle(date) - 5}" y="{y - 5}" width="10" height="10"/>""");
        }

        page.Html.Add($"\n");
        top += LaneHeight;
    }

    /// <summary>Draws a label on a white background, so that no line crosses it.</summary>
    private static void LaneLabel(PageParts page, double top, string label) => page.Html.Add($"""
        <rect class="ground" x="{Timeline.Edge}" y="{top + 2}" width="{Math.Min(label.Length * LetterWidth, Timeline.Width - (2 * Timeline.Edge))}" height="17"/><text x="{Timeline.Edge}" y="{top + 15}">{label}</text>
        """);

    /// <summary>Draws a date across all lanes, with its label on the side that has space.</summary>
    private static void Mark(PageParts page, Timeline line, LocalDate date, LocalizedText name, string kind, double top, double axis)
    {
        var x = line.Middle(date);
        var label = $"{page.T(name)}: {page.ShortDate(date)}";
        var toRight = x + 12 + (label.Length * LetterWidth) < Timeline.Width;
        var y = top + 10;
        page.Html.Add($"""<path class="{kind}" d="M{x} {y}V{axis}"/>""");
        switch (kind)
        {
            case "requested":
                page.Html.Add($"""<path class="solid" d="M{x} {y - 7}l7 7l-7 7l-7 -7Z"/>""");
                break;
            case "first":
                page.Html.Add($"""<path class="solid" d="M{x} {y + 6}l-7 -12h14Z"/>""");
                break;
            default:
                page.Html.Add($"""<circle class="ring" cx="{x}" cy="{y}" r="5.5"/>""");
                break;
        }

        var length = label.Length * LetterWidth;
        page.Html.Add($"""<rect class="ground" x="{(toRight ? x + 9 : x - 9 - length)}" y="{y - 8}" width="{length}" height="17"/>""");
        page.Html.Add($"""<text x="{(toRight ? x + 11 : x - 11)}" y="{y + 5}" text-anchor="{(toRight ? "start" : "end")}">{label}</text>""");
        page.Html.Add($"\n");
    }

    private static void Axis(PageParts page, Timeline line, double y)
    {
        page.Html.Add($"""<path class="axis" d="M{Timeline.Edge} {y}H{Timeline.Width - Timeline.Edge}"/>""");
        var ticks = line.Ticks();
        var labelledYear = 0;
        foreach (var date in ticks)
        {
            var x = line.Start(date);
            page.Html.Add($"""<path class="axis" d="M{x} {y}v6"/>""");
            if (x is < 24 or > Timeline.Width - 24)
            {
                // The label would be cut off.
                continue;
            }

            var inYears = ticks.Count > 1 && ticks[1] >= ticks[0].PlusYears(1);
            var text = inYears ? date.Year.ToString(CultureInfo.InvariantCulture) : page.ShortDate(date);
            page.Html.Add($"""<text class="tick" x="{x}" y="{y + 20}">{text}</text>""");
            if (!inYears && date.Year != labelledYear)
            {
                page.Html.Add($"""<text class="tick" x="{x}" y="{y + 36}">{date.Year}</text>""");
                labelledYear = date.Year;
            }
        }

        page.Html.Add($"\n");
    }
}
