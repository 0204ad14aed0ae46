using System.Buffers;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>Something wrong with a form.</summary>
/// <param name="Block">The part of the page beside which it is told.</param>
/// <param name="IsShape">True where the form is none of this protocol (400), false where its answers cannot be used (422).</param>
/// <param name="Text">What is wrong and what to do, in a person's words and without what was typed.</param>
internal readonly record struct FormError(string Block, bool IsShape, LocalizedText Text);

/// <summary>
/// The fields of a form, checked: that the form has them, each as often as there is room for it, and readable. What is wrong with the form
/// itself is told here; the reader of requests then gets a value that it refuses, so that nothing is decided.
/// </summary>
internal sealed class FormFields
{
    // No answer, date, zone or code of any protocol.
    public const string Refused = "?";

    private static readonly SearchValues<char> OfDates = SearchValues.Create("0123456789-");
    private static readonly SearchValues<char> OfTimes = SearchValues.Create("0123456789:");

    private readonly SentForm form;
    private readonly List<FormError> errors = [];
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    /// <summary>Checks the fields of a form.</summary>
    public FormFields(SentForm form, Protocol protocol)
    {
        this.form = form;
        if (form.IsCut)
        {
            errors.Add(new(FormBlocks.Page, IsShape: true, FormTexts.TooManyFields));
        }

        CheckNames(FormNames.All(protocol));
        CheckChoice(FormNames.Language, FormBlocks.Page, value => Language.Find(value) is not null, isNeeded: false);
        CheckChoice(FormNames.Do, FormBlocks.Page, value => FormAction.Of(value, protocol) is not null, isNeeded: false);
        if (Text(FormNames.End) != FormNames.Yes)
        {
            Refuse(FormBlocks.Page, isShape: true, FormTexts.NotWhole);
        }

        CheckChoice(FormNames.Audience, FormBlocks.Audience, value => Audiences.Find(value) is not null, isNeeded: true);
    }

    /// <summary>What is wrong, one error for each part of the page.</summary>
    public IReadOnlyList<FormError> Errors => errors;

    /// <summary>True for a field that came damaged, or twice where there is room for one.</summary>
    public bool IsBroken(string name) => broken.Contains(name);

    /// <inheritdoc cref="SentForm.Text"/>
    public string Text(string name) => form.Text(name);

    /// <summary>Every value of a field.</summary>
    public IEnumerable<string> Values(string name) => form.All(name).Select(field => field.Value);

    /// <summary>
    /// The date and time of two fields, as a request has them; null when both are empty. The forms of both are checked, since together they
    /// could be read as something else.
    /// </summary>
    public string? Time(string dateName, string timeName, string block)
    {
        var (date, time) = (Text(dateName), Text(timeName));
        if (IsBroken(dateName) || IsBroken(timeName))
        {
            return Refused;
        }

        if (date.Length == 0 || time.Length == 0)
        {
            return date.Length == time.Length ? null : Refuse(block, isShape: false, FormTexts.DateAndTime);
        }

        var isTime = !date.AsSpan().ContainsAnyExcept(OfDates) && !time.AsSpan().ContainsAnyExcept(OfTimes);
        return isTime ? $"{date}T{time}" : Refuse(block, isShape: false, FormTexts.NoTime);
    }

    /// <summary>The date of three fields and a box, to the precision that is filled in; null when nothing is.</summary>
    /// <param name="name">What the names of the fields begin with.</param>
    /// <param name="block">The part of the page.</param>
    /// <param name="isWhole">Whether the day and the month are needed too.</param>
    public string? Date(string name, string block, bool isWhole)
    {
        var (day, month, year) = FormNames.Parts(name);
        var isUnknown = IsTicked(FormNames.Unknown(name), block);
        string[] names = [day, month, year, FormNames.Unknown(name)];
        if (names.Any(IsBroken))
        {
            return Refused;
        }

        string[] parts = [Text(year), Text(month), Text(day)];
        var isEmpty = parts.All(part => part.Length == 0);
        if (isUnknown || isEmpty)
        {
            return !isEmpty ? Refuse(block, isShape: false, FormTexts.DateAndUnknown) : isUnknown ? ReservedCode.Unknown : null;
        }

        return TypedDate.Read(parts, out var flaw) is not { } date ? Refuse(block, isShape: false, flaw!)
            : isWhole && parts.Contains(string.Empty) ? Refuse(block, isShape: false, FormTexts.WholeDate)
            : date;
    }

    /// <summary>True for a box that is ticked.</summary>
    public bool IsTicked(string name, string block)
    {
        if (!IsBroken(name) && Values(name).Any(value => value != FormNames.Yes))
        {
            Refuse(block, isShape: false, FormTexts.Choose);
        }

        return Values(name).Any();
    }

    /// <summary>Tells an error, the first of its part of the page; what the reader of requests gets in its place.</summary>
    public string Refuse(string block, bool isShape, LocalizedText text)
    {
        if (!errors.Exists(error => error.Block == block))
        {
            errors.Add(new(block, isShape, text));
        }

        return Refused;
    }

    private void CheckNames(IReadOnlyDictionary<string, FormField> fields)
    {
        foreach (var name in form.Names)
        {
            if (!fields.TryGetValue(name, out var field))
            {
                Refuse(FormBlocks.Page, isShape: true, FormTexts.UnknownField);
            }
            else if (!form.All(name).All(one => one.IsReadable))
            {
                broken.Add(name);
                Refuse(field.Block, isShape: true, FormTexts.Unreadable);
            }
            else if (!field.Several && form.All(name).Count() > 1)
            {
                broken.Add(name);
                Refuse(field.Block, isShape: true, FormTexts.Repeated);
            }
        }
    }

    private void CheckChoice(string name, string block, Func<string, bool> isKnown, bool isNeeded)
    {
        if (form.All(name).FirstOrDefault() is not { Name: not null } sent)
        {
            if (isNeeded)
            {
                Refuse(block, isShape: true, FormTexts.Missing);
            }
        }
        else if (!IsBroken(name) && !isKnown(sent.Value))
        {
            Refuse(block, isShape: false, FormTexts.Choose);
        }
    }
}
