using System.Text.Json.Nodes;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>
/// A form as the request that it states. Answers are not read here: they are put where a request has them, and the one reader of requests
/// reads them.
/// </summary>
internal sealed class FormTranslation
{
    private readonly Protocol protocol;
    private readonly FormFields fields;
    private readonly Dictionary<string, string> blocks = new(StringComparer.Ordinal);

    private FormTranslation(SentForm form, Protocol protocol)
    {
        this.protocol = protocol;
        fields = new FormFields(form, protocol);
        Request = ToRequest();
        Slots = [.. Enumerable.Range(1, FormNames.MostSlots).Select(slot => (slot, Slot(slot))).Where(slot => slot.Item2 is not null)];
    }

    /// <summary>The request, without slots.</summary>
    public JsonObject Request { get; }

    /// <summary>The other dates that are asked about, by their numbers, as a request has them.</summary>
    public IReadOnlyList<(int Number, string? Time)> Slots { get; }

    /// <summary>What is wrong with the form itself.</summary>
    public IReadOnlyList<FormError> Errors => fields.Errors;

    /// <summary>Translates a form.</summary>
    public static FormTranslation Of(SentForm form, Protocol protocol) => new(form, protocol);

    /// <summary>The part of the page where the value at a JSON pointer, or at the nearest one around it, comes from.</summary>
    public string BlockOf(string pointer)
    {
        for (var place = pointer; place.Length > 0; place = place[..place.LastIndexOf('/')])
        {
            if (blocks.TryGetValue(place, out var block))
            {
                return block;
            }
        }

        return FormBlocks.Page;
    }

    private string? Slot(int slot) => fields.Time(FormNames.SlotDate(slot), FormNames.SlotTime(slot), FormNames.SlotBlock(slot));

    private JsonObject ToRequest()
    {
        var appointment = new JsonObject();
        if (fields.IsBroken(FormNames.Zone) || fields.Text(FormNames.Zone).Length > 0)
        {
            appointment["timeZone"] = fields.IsBroken(FormNames.Zone) ? FormFields.Refused : fields.Text(FormNames.Zone);
        }

        Put(appointment, "start", fields.Time(FormNames.Date, FormNames.Time, FormBlocks.When));
        Put(appointment, "areas", Codes(FormNames.Areas));
        (blocks["/appointment/timeZone"], blocks["/appointment/start"]) = (FormBlocks.Zone, FormBlocks.When);
        var answers = new JsonObject();
        foreach (var question in protocol.Questions)
        {
            blocks[question.Pointer] = FormNames.Block(question);
            if (question.Index != protocol.Areas.Index)
            {
                Put(answers, question.Id, Answer(question));
            }
        }

        var request = new JsonObject { ["protocol"] = protocol.Id, ["appointment"] = appointment, ["answers"] = answers };
        Put(request, ClearanceFields.Member, Clearances());
        return request;
    }

    /// <summary>The clearances that are filled in; null when none is.</summary>
    private JsonArray? Clearances()
    {
        var clearances = new JsonArray();
        foreach (var rule in protocol.Rules)
        {
            if (ClearanceFields.Read(fields, rule) is { } clearance)
            {
                ClearanceFields.AddBlocks(blocks, rule, clearances.Count);
                clearances.Add(clearance);
            }
        }

        return clearances.Count > 0 ? clearances : null;
    }

    private static void Put(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    private JsonNode? Answer(CompiledQuestion question)
    {
        var name = FormNames.Answer(question);
        return question.Kind switch
        {
            AnswerKind.Code => fields.IsBroken(name) ? FormFields.Refused : fields.Values(name).FirstOrDefault(),
            AnswerKind.Codes => CodesOrNone(question, name),
            AnswerKind.Date or AnswerKind.PartialDate =>
                fields.Date(name, FormNames.Block(question), isWhole: question.Kind == AnswerKind.Date),
            _ => Events(question),
        };
    }

    /// <summary>The codes of a list; null when there is none.</summary>
    private JsonArray? Codes(string name) =>
        fields.IsBroken(name) ? [FormFields.Refused]
        : fields.Values(name).Any() ? [.. fields.Values(name).Select(value => JsonValue.Create(value))]
        : null;

    private JsonArray? CodesOrNone(CompiledQuestion question, string name)
    {
        var (codes, block) = (Codes(name), FormNames.Block(question));
        var isNone = fields.IsTicked(FormNames.None(question), block);
        return !isNone ? codes
            : codes is null ? []
            : [fields.Refuse(block, isShape: false, FormTexts.NoneAndMore)];
    }

    private JsonNode? Events(CompiledQuestion question)
    {
        var (block, rows) = (FormNames.Block(question), new JsonArray());
        for (var row = 1; row <= FormNames.MostRows; row++)
        {
            if (Event(question, row) is { } one)
            {
                blocks[Pointer.To(question.Pointer, rows.Count)] = FormNames.Block(question, row);
                rows.Add(one);
            }
        }

        var isNone = fields.IsTicked(FormNames.None(question), block);
        var isUnknown = fields.IsTicked(FormNames.Unknown(FormNames.Answer(question)), block);
        return (isNone, isUnknown, rows.Count > 0) switch
        {
            (false, false, false) => null,
            (false, false, true) => rows,
            (true, false, false) => new JsonArray(),
            (false, true, false) => ReservedCode.Unknown,
            _ => fields.Refuse(block, isShape: false, FormTexts.NoneAndMore),
        };
    }

    /// <summary>An event with the parts that are filled in; null when none is.</summary>
    private JsonObject? Event(CompiledQuestion question, int row)
    {
        var (kind, when) = (FormNames.Kind(question, row), FormNames.When(question, row));
        var one = new JsonObject();
        Put(one, question.Events!.Kind.Id, fields.IsBroken(kind) ? FormFields.Refused : Chosen(kind));
        Put(one, question.Events.Date.Id, fields.Date(when, FormNames.Block(question, row), isWhole: false));
        return one.Count > 0 ? one : null;
    }

    /// <summary>The option that is chosen; null when none is: a list of options sends an empty value then.</summary>
    private string? Chosen(string name) => fields.Values(name).FirstOrDefault(value => value.Length > 0);
}
