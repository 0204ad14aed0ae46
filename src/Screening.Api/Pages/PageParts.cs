using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The context of every part of a page, with helpers to write texts.</summary>
internal sealed record PageParts(Html Html, DecisionReport Report, Audience Audience) : IReportFormat
{
    /// <summary>True when the page is for staff; it then contains both wordings, which staff can switch.</summary>
    public bool ForStaff => Audience == Audience.Clinician;

    /// <summary>The decision, for the drawing.</summary>
    public Decision Decision => Report.Decision;

    /// <summary>Returns a text in the page's language.</summary>
    public string T(LocalizedText text) => text.In(Report.Language);

    /// <summary>Formats a date in words.</summary>
    public string Date(LocalDate date) => DateWords.Of(date, Report.Language);

    /// <summary>Formats a date for the drawing.</summary>
    public string ShortDate(LocalDate date) => DateWords.Short(date, Report.Language);

    /// <summary>Adds a text in the wording of each reader. The element name is not encoded.</summary>
    public void AddText(string element, ReportText text)
    {
        if (ForStaff)
        {
            Html.Add($"""<{element} class="for-clinician">{text.Clinician}</{element}>""");
            Html.Add($"""<{element} class="for-patient">{text.Patient}</{element}>""");
        }
        else
        {
            Html.Add($"<{element}>{text.Patient}</{element}>");
        }
    }

    /// <inheritdoc/>
    public void Write(FindingsSection section) => FindingLists.Write(this, section);

    /// <inheritdoc/>
    public void Write(MissingSection section) => MissingQuestions.Write(this, section);

    /// <inheritdoc/>
    public void Write(DatesSection section) => DateTables.Write(this, section);

    /// <summary>Adds the parts of the record that were not seen, for staff: none of them may pass for evidence of absence.</summary>
    public void Write(NotSeenSection section)
    {
        if (!ForStaff)
        {
            return;
        }

        Html.Add($"""<section class="for-clinician"><h2>{section.Heading}</h2><p>{section.Lead}</p><ul>""");
        foreach (var line in section.Lines)
        {
            Html.Add($"<li>{line}</li>\n");
        }

        Html.Add($"</ul></section>\n");
    }
}
