using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;
using Parameter = Hl7.Fhir.Model.Parameters.ParameterComponent;

namespace Screening.Fhir.Reading;

/// <summary>
/// The repeating parameters of <c>$screen</c>: <c>slot</c>, a further start to decide on, and <c>clearance</c>, what a clinician has
/// cleared, with the parts <c>ruleId</c>, <c>by</c>, <c>on</c> and <c>note</c>. Each location is a FHIRPath.
/// </summary>
internal sealed class EnvelopeParameters(InputErrors errors)
{
    private const string Slots = "slot";
    private const string Clearances = "clearance";
    private const string Rule = "ruleId";
    private const string By = "by";
    private const string On = "on";
    private const string Note = "note";

    private static readonly string[] Required = [Rule, By, On];

    private readonly List<(Parameter Parameter, string At)> slots = [];
    private readonly List<(Parameter Parameter, string At)> clearances = [];

    /// <summary>FHIRPath to the parts of each clearance, by name.</summary>
    private readonly List<Dictionary<string, string>> partsAt = [];

    /// <summary>Takes a parameter of one of the two names; false for any other.</summary>
    public bool TryAdd(Parameter parameter, string at)
    {
        var list = parameter.Name switch { Slots => slots, Clearances => clearances, _ => null };
        list?.Add((parameter, at));
        return list is not null;
    }

    /// <summary>Reads the parameters; null without any.</summary>
    public ScreeningEnvelope? Read(EnvelopeLimits checkLimits)
    {
        if (slots.Count == 0 && clearances.Count == 0)
        {
            return null;
        }

        var envelope = new ScreeningEnvelope
        {
            Slots = slots.ConvertAll(slot => ReadSlot(slot.Parameter, slot.At)),
            Clearances = clearances.ConvertAll(clearance => ReadClearance(clearance.Parameter, clearance.At)),
        };
        var limits = new InputErrors();
        checkLimits(envelope, limits);
        foreach (var error in limits.All)
        {
            errors.Add(PathOf(error.Place), error.Code, error.Accepted == RequestLimits.Slots ? FhirAccepted.Slots : error.Accepted);
        }

        return envelope;
    }

    /// <summary>FHIRPath to the start of a slot, by its position.</summary>
    public string SlotAt(int slot) => ValueAt(slots[slot].At);

    /// <summary>FHIRPath to the rule that a clearance names, by the clearance's position.</summary>
    public string ClearedRuleAt(int clearance) => PartAt(clearance, Rule);

    /// <summary>FHIRPath to the date of a clearance, by the clearance's position.</summary>
    public string ClearanceDateAt(int clearance) => PartAt(clearance, On);

    /// <summary>Bytes that are equal for equal parameters; none without any.</summary>
    public byte[] Seed()
    {
        Parameter[] all = [.. slots.Concat(clearances).Select(one => (Parameter)one.Parameter.DeepCopy())];
        return all.Length == 0 ? [] : FhirFormat.Json.Write(new Parameters { Parameter = [.. all] });
    }

    /// <summary>FHIR's times have an offset: a start without one is no dateTime.</summary>
    private StatedTime? ReadSlot(Parameter slot, string at)
    {
        var text = slot switch
        {
            { Value: FhirDateTime { JsonValue: string time }, Part.Count: 0 } => time,
            { Value: Hl7.Fhir.Model.Instant { JsonValue: string time }, Part.Count: 0 } => time,
            _ => null,
        };
        if (text is null)
        {
            errors.Add(at, ErrorCode.WrongType, FhirAccepted.Values("valueDateTime", "valueInstant"));
            return null;
        }

        var start = AppointmentReader.Parse(text, offsetNeeded: true);
        if (start is null)
        {
            errors.Add(ValueAt(at), ErrorCode.InvalidDateTime, Accepted.Instant);
        }

        return start;
    }

    private StatedClearance ReadClearance(Parameter clearance, string at)
    {
        var stated = new StatedClearance();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        partsAt.Add(found);
        if (clearance is not { Value: null, Resource: null, Part.Count: > 0 })
        {
            errors.Add(at, ErrorCode.WrongType, FhirAccepted.Parts);
            return stated;
        }

        foreach (var (i, part) in clearance.Part.Index())
        {
            var partAt = string.Create(CultureInfo.InvariantCulture, $"{at}.part[{i}]");
            Modifiers.Check(part.ModifierExtension, partAt, errors);
            if (part.Name is not (Rule or By or On or Note))
            {
                errors.Add(partAt, ErrorCode.UnknownMember, FhirAccepted.Parts, Words.Text("fhir.noPart"));
            }
            else if (!found.TryAdd(part.Name, partAt))
            {
                errors.Add(partAt, ErrorCode.RepeatedMember, told: Words.Text("fhir.repeatedPart"));
            }
            else
            {
                stated = part.Name switch
                {
                    Rule => stated with { RuleId = ReadText(part, partAt, mayBeCode: true) },
                    By => stated with { By = ReadText(part, partAt) },
                    On => stated with { On = ReadDate(part, partAt) },
                    _ => stated with { Note = ReadText(part, partAt) },
                };
            }
        }

        foreach (var name in Required.Where(name => !found.ContainsKey(name)))
        {
            errors.Add(at, ErrorCode.MissingMember, FhirAccepted.Parts, Words.Text("fhir.partNeeded").With("name", $"`{name}`"));
        }

        return stated;
    }

    private string? ReadText(Parameter part, string at, bool mayBeCode = false)
    {
        if (part is { Value: FhirString { Value: { } text }, Part.Count: 0 })
        {
            return text;
        }

        if (mayBeCode && part is { Value: Code { Value: { } code }, Part.Count: 0 })
        {
            return code;
        }

        errors.Add(at, ErrorCode.WrongType, mayBeCode ? FhirAccepted.Values("valueCode", "valueString") : FhirAccepted.Values("valueString"));
        return null;
    }

    private LocalDate? ReadDate(Parameter part, string at)
    {
        if (part is not { Value: Date { JsonValue: string text }, Part.Count: 0 })
        {
            errors.Add(at, ErrorCode.WrongType, FhirAccepted.ValueDate);
            return null;
        }

        if (PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out var date) && date.IsFull)
        {
            return date.First;
        }

        errors.Add(ValueAt(at), ErrorCode.InvalidDate, Accepted.Date);
        return null;
    }

    /// <summary>
    /// FHIRPath for a pointer into the envelope, such as <c>/slots</c> or <c>/clearances/0/by</c>; a list is all parameters of its name.
    /// </summary>
    private string PathOf(string pointer) => pointer.Split('/') switch
    {
        [_, _, var index, var part] => PartAt(int.Parse(index, NumberStyles.None, CultureInfo.InvariantCulture), part),
        [_, "slots"] => All(Slots),
        _ => All(Clearances),
    };

    private static string All(string name) => $"{nameof(Parameters)}.parameter.where(name = '{name}')";

    private string PartAt(int clearance, string part) =>
        partsAt[clearance].TryGetValue(part, out var at) ? ValueAt(at) : clearances[clearance].At;

    private static string ValueAt(string at) => at + ".value";
}
