using System.Text.Json.Nodes;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>
/// The fields by which staff record that a clinician has cleared a finding: for each rule a name, a whole date and a note. Their names are
/// <c>clearances.{rule}.by</c>, <c>clearances.{rule}.on.{day, month, year}</c> and <c>clearances.{rule}.note</c>.
/// </summary>
internal static class ClearanceFields
{
    /// <summary>The member of a request that has the clearances.</summary>
    public const string Member = "clearances";

    private const string OfBy = "by";
    private const string OfOn = "on";
    private const string OfNote = "note";

    /// <summary>The field of the clinician's name.</summary>
    public static string By(CompiledRule rule) => Name(rule, OfBy);

    /// <summary>What the names of the date's fields begin with.</summary>
    public static string On(CompiledRule rule) => Name(rule, OfOn);

    /// <summary>The field of the clinician's own words.</summary>
    public static string Note(CompiledRule rule) => Name(rule, OfNote);

    /// <summary>Every field of a rule.</summary>
    public static string[] Names(CompiledRule rule)
    {
        var (day, month, year) = FormNames.Parts(On(rule));
        return [By(rule), day, month, year, Note(rule)];
    }

    /// <summary>The part of the page with a rule's clearance.</summary>
    public static string Block(CompiledRule rule) => Block(rule, Member);

    /// <summary>The part with the name.</summary>
    public static string ByBlock(CompiledRule rule) => Block(rule, OfBy);

    /// <summary>The part with the date.</summary>
    public static string OnBlock(CompiledRule rule) => Block(rule, OfOn);

    /// <summary>The part with the note.</summary>
    public static string NoteBlock(CompiledRule rule) => Block(rule, OfNote);

    /// <summary>Every part of a rule, the one around the others first.</summary>
    public static string[] Blocks(CompiledRule rule) => [Block(rule), ByBlock(rule), OnBlock(rule), NoteBlock(rule)];

    /// <summary>Adds every rule's fields to those of a form.</summary>
    public static void AddTo(Dictionary<string, FormField> all, Protocol protocol)
    {
        foreach (var rule in protocol.Rules)
        {
            var (day, month, year) = FormNames.Parts(On(rule));
            all[By(rule)] = new(ByBlock(rule));
            all[day] = all[month] = all[year] = new(OnBlock(rule));
            all[Note(rule)] = new(NoteBlock(rule));
        }
    }

    /// <summary>
    /// The clearance of a rule, with the parts that are filled in; null when none is. Only staff can record one: a patient's is refused.
    /// </summary>
    public static JsonObject? Read(FormFields fields, CompiledRule rule)
    {
        if (!Names(rule).Any(name => fields.IsBroken(name) || fields.Text(name).Length > 0))
        {
            return null;
        }

        if (Audiences.Find(fields.Text(FormNames.Audience)) == Audience.Patient)
        {
            fields.Refuse(Block(rule), isShape: false, FormTexts.Of("intake.clearedByStaff"));
        }

        var clearance = new JsonObject { ["ruleId"] = rule.Id };
        Put(OfBy, fields.Text(By(rule)));
        Put(OfOn, fields.Date(On(rule), OnBlock(rule), isWhole: true));

        // Browsers send line breaks as two characters.
        Put(OfNote, fields.Text(Note(rule)).Replace("\r\n", "\n", StringComparison.Ordinal));
        return clearance;

        void Put(string member, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                clearance[member] = value;
            }
        }
    }

    /// <summary>Adds the parts of the page where the values of a clearance come from, by their JSON pointers.</summary>
    /// <param name="blocks">The parts of the page.</param>
    /// <param name="rule">The rule that is cleared.</param>
    /// <param name="position">The clearance's position in the request.</param>
    public static void AddBlocks(Dictionary<string, string> blocks, CompiledRule rule, int position)
    {
        var pointer = Pointer.To("/" + Member, position);
        blocks[pointer] = Block(rule);
        blocks[Pointer.To(pointer, OfBy)] = ByBlock(rule);
        blocks[Pointer.To(pointer, OfOn)] = OnBlock(rule);
        blocks[Pointer.To(pointer, OfNote)] = NoteBlock(rule);
    }

    // A rule's id has no dots, and the part's kind comes first, so that no two rules share a name.
    private static string Name(CompiledRule rule, string part) => $"{Member}.{rule.Id}.{part}";

    private static string Block(CompiledRule rule, string part) => $"c-{part}-{rule.Id}";
}
