using CsCheck;
using NodaTime;

namespace Screening.Rules.Tests.Records;

/// <summary>
/// Generates entries of a record that have to do with a protocol: every code and word of it, alone and together, in every state, with and
/// without dates, from long ago to what is still to come.
/// </summary>
internal static class RecordGenerator
{
    public static Gen<RecordEntry[]> Of(Protocol protocol, LocalDate today, bool values = true) =>
        Entry(protocol, today, values).Array[0, 4];

    /// <summary>One entry; without <paramref name="values"/> none whose value may outdate another.</summary>
    public static Gen<RecordEntry> Entry(Protocol protocol, LocalDate today, bool values) =>
        Gen.OneOf(protocol.Document.Codes.Where(codes => values || codes.Raises is not RecordValueEffect).ToArray()).SelectMany(codes => Entry(codes, Texts(protocol), today));

    /// <summary>Texts that hold any words of a protocol, spelt in many ways, and behind any phrase or none.</summary>
    private static Gen<string> Texts(Protocol protocol)
    {
        var stops = protocol.Document.RecordWords;
        string[] words = [.. protocol.Document.Codes.SelectMany(codes => codes.Words?.All ?? []), .. stops?.OtherMeaning?.All ?? []];
        string[] stopping = [.. stops?.NotCounting?.All ?? [], .. stops?.Past?.All ?? []];
        string[] before = ["", "", "no ", "Chronic, ", .. stopping.Select(phrase => phrase + " ")];
        string[] behind = ["", " (disorder)", "; risk of falls", " 5 MG Oral Tablet"];
        return Gen.Select(Gen.OneOf(before), Gen.OneOf(words), Gen.OneOf("", "ing"), Gen.OneOf(behind), Gen.Bool).Select((a, word, end, b, capitals) =>
        {
            var text = a + word.Replace("*", end, StringComparison.Ordinal) + b;
            return capitals ? text.ToUpperInvariant() : text;
        });
    }

    private static Gen<RecordEntry> Entry(RecordCodes codes, Gen<string> words, LocalDate today)
    {
        var code = codes.Codings.Count == 0
            ? Gen.Const(Array.Empty<RecordCode>())
            : Gen.Select(Gen.OneOf(codes.Codings.ToArray()), Gen.Bool, Below).Array[0, 1];
        var coding = Gen.Select(code, words.Array[0, 2], (said, texts) => new RecordConcept([.. said]) { Texts = [.. texts] });
        var day = Gen.Frequency((4, Gen.Int[-40, 40]), (1, Gen.Int[-310, -290]), (1, Gen.Int[-700, 700])).Select(days => PartialDate.Of(today.PlusDays(days)));
        var date = Gen.Frequency((5, day.Select(d => (PartialDate?)d)), (1, day.Select(d => Shortened(d, 7))), (1, day.Select(d => Shortened(d, 4))), (2, day.Select(_ => (PartialDate?)null)));
        var concepts = codes.Raises.Match<IEnumerable<RecordCoding>>(
            answer => answer.NotByRoute ?? [],
            _ => [],
            place => place.Sites.SelectMany(site => site.AnyOf),
            value => value.Values.SelectMany(one => one.AnyOf)).Select(one => Entries.Concept(one.System, one.Code)).Append(Entries.Concept(Entries.Snomed, "999")).Append(new RecordConcept([])).ToArray();
        var concept = Gen.OneOf(concepts);
        var state = Gen.Select(Gen.OneOf(Enum.GetValues<RecordState>()), Gen.Bool, Gen.Bool);
        var kind = Gen.OneOf(codes.Entries.ToArray());
        return Gen.Select(coding, kind, state, date, date, concept.Array[0, 2], concept, Gen.Int[1, 9]).Select((code, of, how, on, ended, places, value, number) => new RecordEntry
        {
            Reference = $"{of}/{number}",
            Kind = of,
            Concept = code,
            State = how.Item1,
            IsUnconfirmed = how.Item2,
            IsDaily = how.Item3,
            On = on,
            Ended = ended,
            Routes = [.. places],
            Sites = [.. places],
            Value = value.Codes.IsEmpty ? null : value,
        });
    }

    private static RecordCode Below(RecordCoding coding, bool below) => new(coding.System, coding.Code + (coding.Descendants && below ? "9" : ""));

    private static PartialDate? Shortened(PartialDate date, int length) => Entries.Date(date.ToString()[..length]);
}
