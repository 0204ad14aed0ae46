using System.Globalization;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>The inputs of the form, each with what was typed in it and what is wrong with it.</summary>
internal sealed class FormInputs(Html html, FormContent content)
{
    /// <summary>Opens a part of the page. The element's name is not encoded.</summary>
    /// <param name="element">The element.</param>
    /// <param name="block">The part.</param>
    public void Open(string element, string block)
    {
        var mark = content.ErrorOf(block) is null ? string.Empty : "told";
        html.Add($"""<{element} id="{block}" class="{mark}">""");
    }

    /// <summary>Opens a group of inputs, and tells what is wrong with it.</summary>
    /// <param name="block">The part of the page.</param>
    /// <param name="legend">What is asked.</param>
    /// <param name="hint">The id of a text about it.</param>
    public void OpenGroup(string block, string legend, string? hint = null)
    {
        html.Add($"<fieldset ");
        Describe(block, hint);
        html.Add($"><legend>{legend}</legend>");
        Error(block);
    }

    /// <summary>Tells what is wrong with a part of the page.</summary>
    public void Error(string block)
    {
        if (content.ErrorOf(block) is { } error)
        {
            html.Add($"""<p class="error" id="{ErrorId(block)}">{error}</p>""");
        }
    }

    /// <summary>Adds the attribute that connects an element with what is said about it.</summary>
    public void Describe(string block, string? hint = null)
    {
        string[] ids = [.. hint is null ? [] : (string[])[hint], .. content.ErrorOf(block) is null ? [] : (string[])[ErrorId(block)]];
        if (ids.Length > 0)
        {
            html.Add($"""aria-describedby="{string.Join(' ', ids)}" """);
        }
    }

    /// <summary>Adds a box or a button to choose.</summary>
    public void Option(string type, string name, string value, string label, string id)
    {
        var isChosen = type == "checkbox" ? content.Form.Has(name, value) : content.IsChosen(name, value);
        html.Add($"""<label class="option"><input type="{type}" name="{name}" value="{value}" id="{id}" """);
        html.Add($"""{(isChosen ? "checked" : string.Empty)}><span>{label}</span></label>""");
    }

    /// <summary>Adds a line of text of at most so many characters.</summary>
    public void Text(string name, string label, string block, int most)
    {
        html.Add($"""<label>{label} <input type="text" name="{name}" value="{content.Typed(name)}" size="40" maxlength="{most}" """);
        Describe(block);
        html.Add($"></label>");
    }

    /// <summary>Adds a text of several lines. The first line break is the markup's: browsers leave it out.</summary>
    public void Lines(string name, string label, string block, int most)
    {
        html.Add($"""<label>{label} <textarea name="{name}" rows="3" cols="40" maxlength="{most}" """);
        Describe(block);
        html.Add($">\n{content.Typed(name)}</textarea></label>");
    }

    /// <summary>Adds the day and the clock time of an appointment.</summary>
    public void DateAndTime(string date, string time) => html.Add($"""
        <div class="parts"><label>{content.T("intake.date")} <input type="date" name="{date}" value="{content.Typed(date)}"></label>
        <label>{content.T("intake.time")} <input type="time" name="{time}" value="{content.Typed(time)}"></label></div>

        """);

    /// <summary>Adds the three fields of a date, and the box beside them.</summary>
    public void Date(string name, bool canBeUnknown)
    {
        var (day, month, year) = FormNames.Parts(name);
        html.Add($"""<div class="parts">""");
        Number(day, content.T("intake.day"), 2);
        html.Add($"<label>{content.T("intake.month")} ");
        Select(
            month,
            DateWords.MonthsOf(content.Language).Select((label, index) => ((index + 1).ToString(CultureInfo.InvariantCulture), label)));
        html.Add($"</label>");
        Number(year, content.T("intake.year"), 4);
        html.Add($"</div>");
        if (canBeUnknown)
        {
            Option("checkbox", FormNames.Unknown(name), FormNames.Yes, content.T("intake.notSure"), "o-" + FormNames.Unknown(name));
        }
    }

    /// <summary>Adds a choice that can be taken back: it begins with none. What is not among the options stands there as it came.</summary>
    public void Select(string name, IEnumerable<(string Value, string Label)> options)
    {
        html.Add($"""<select name="{name}"><option value="">–</option>""");
        var typed = content.Typed(name);
        var isListed = typed.Length == 0;
        foreach (var (value, label) in options)
        {
            isListed |= value == typed;
            html.Add($"""<option value="{value}" {(value == typed ? "selected" : string.Empty)}>{label}</option>""");
        }

        if (!isListed)
        {
            html.Add($"""<option value="{typed}" selected>{typed}</option>""");
        }

        html.Add($"</select>");
    }

    // The placeholder lets the style tell an empty field.
    private void Number(string name, string label, int digits)
    {
        html.Add($"""<label>{label} <input type="text" inputmode="numeric" name="{name}" value="{content.Typed(name)}" """);
        html.Add($"""size="{digits}" maxlength="{digits}" placeholder=" "></label>""");
    }

    private static string ErrorId(string block) => "e-" + block;
}
