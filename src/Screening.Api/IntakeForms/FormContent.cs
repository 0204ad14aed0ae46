using System.Globalization;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>What a page with the form is made of.</summary>
/// <param name="Protocol">The protocol whose questions are asked.</param>
/// <param name="Form">What is filled in.</param>
/// <param name="Language">The language of the page.</param>
/// <param name="Address">The address that the form is sent to.</param>
/// <param name="Zone">The clinic's time zone, for a form that names none; empty when it is not known.</param>
internal sealed record FormContent(Protocol Protocol, SentForm Form, Language Language, string Address, string Zone)
{
    /// <summary>What is wrong, one error for each part of the page.</summary>
    public IReadOnlyList<FormError> Errors { get; init; } = [];

    /// <summary>The question that gets room for another event.</summary>
    public CompiledQuestion? OneMore { get; init; }

    /// <summary>Who reads the answer; null when that is not said.</summary>
    public Audience? Audience => Audiences.Find(Form.Text(FormNames.Audience));

    /// <summary>What a title begins with when anything is wrong, since it is read first.</summary>
    public string ToldFirst => Errors.Count > 0 ? T("intake.error") + ": " : string.Empty;

    /// <summary>A text in the page's language.</summary>
    public string T(LocalizedText text) => text.In(Language);

    /// <inheritdoc cref="T(LocalizedText)"/>
    /// <param name="key">The text's key.</param>
    public string T(string key) => T(Words.Text(key));

    /// <summary>A text with a number in place of <c>{n}</c>.</summary>
    public string T(string key, int number) => T(key).With("n", Number(number));

    /// <summary>A question with its number, as on paper: a list would not count those that are hidden.</summary>
    public string Numbered(CompiledQuestion question) => Number(question.Index + 1) + ". " + T(question.Document.Text);

    /// <summary>What is wrong with a part of the page; null when nothing is.</summary>
    public string? ErrorOf(string block) =>
        Errors.Where(error => error.Block == block).Select(error => T(error.Text)).FirstOrDefault();

    /// <summary>The value to show in a field: as it was typed.</summary>
    public string Typed(string name) => Form.All(name).Select(field => field.Value).FirstOrDefault(string.Empty);

    /// <summary>True for a choice that was made, unless two were where there is room for one.</summary>
    public bool IsChosen(string name, string value) => Form.All(name).Count() == 1 && Form.Has(name, value);

    /// <summary>How many events a question has room for.</summary>
    public int RowsOf(CompiledQuestion question)
    {
        var last = Enumerable.Range(1, FormNames.MostRows).LastOrDefault(IsSent);
        return Math.Min(FormNames.MostRows, Math.Max(FormNames.FirstRows, last) + (OneMore == question ? 1 : 0));

        bool IsSent(int row)
        {
            var when = FormNames.When(question, row);
            var (day, month, year) = FormNames.Parts(when);
            string[] names = [FormNames.Kind(question, row), FormNames.Unknown(when), day, month, year];
            return names.Any(name => Form.All(name).Any());
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
