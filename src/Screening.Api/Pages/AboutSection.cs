namespace Screening.Api.Pages;

/// <summary>The section that identifies a decision and lets anyone repeat it.</summary>
internal static class AboutSection
{
    /// <summary>Adds the section.</summary>
    public static void Write(PageParts page)
    {
        page.Html.Add($"<section class=\"about\"><h2>{page.T(PageTexts.About)}</h2>\n<table><tbody>\n");
        foreach (var row in page.Report.About.Where(row => page.ForStaff || !row.ForStaff))
        {
            page.Html.Add($"""<tr class="{(row.ForStaff ? "for-clinician" : string.Empty)}"><th scope="row">{row.Name}</th><td>""");
            if (row.ForPatient is { } words)
            {
                page.AddText("span", new(row.Value.ToString(), words));
            }
            else
            {
                page.Html.Add($"{row.Value}");
            }

            page.Html.Add($"</td></tr>\n");
        }

        page.Html.Add($"</tbody></table></section>\n");
    }
}
