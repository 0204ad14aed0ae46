using CsCheck;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Records;

/// <summary>The code map of the shipped protocol, code by code.</summary>
public static class CodeMapTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    public static TheoryData<string, string> Codes =>
        [.. Shipped.Protocol.Document.Codes.SelectMany(codes => codes.Codings.Select(coding => (codes.Question, coding.System + "#" + coding.Code))).Distinct()];

    [Theory]
    [MemberData(nameof(Codes))]
    public static void Every_code_raises_its_question_in_an_entry_that_holds(string question, string coding)
    {
        var codes = Shipped.Protocol.Document.Codes.First(set => set.Question == question && set.Codings.Any(one => one.System + "#" + one.Code == coding));
        var entry = new RecordEntry { Reference = "Entry/1", Kind = codes.Entries[0], Concept = Entries.Concept(coding.Split('#')[0], coding.Split('#')[1]), State = RecordState.Active };

        var decision = Nothing.ScreenWith([entry]);

        Assert.Contains(decision.Intake.Record, evidence => evidence is { ChangesAnswer: true, Disagrees: true } && Shipped.Protocol.Questions[evidence.Question].Id == question && evidence.Coding!.Code == coding.Split('#')[1]);
        Assert.NotEqual(Eligibility.Eligible, decision.Eligibility);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public static void No_code_counts_in_an_entry_of_another_kind_or_system(string question, string coding)
    {
        var kinds = Shipped.Protocol.Document.Codes.Where(set => set.Codings.Any(one => one.System + "#" + one.Code == coding)).SelectMany(set => set.Entries).ToList();
        var concept = Entries.Concept(coding.Split('#')[0], coding.Split('#')[1]);
        var entries = Enum.GetValues<RecordKind>().Except(kinds).Select(kind => new RecordEntry { Reference = "Entry/1", Kind = kind, Concept = concept, State = RecordState.Active })
            .Append(new RecordEntry { Reference = "Entry/2", Kind = kinds[0], Concept = Entries.Concept("http://example.org/own", coding.Split('#')[1]), State = RecordState.Active });

        Assert.Empty(Nothing.RaisedBy([.. entries]).Record);
        Assert.NotEmpty(question);
    }

    public static TheoryData<string, RecordKind, string> Words =>
    [
        .. from codes in Shipped.Protocol.Document.Codes
           from kind in codes.Entries
           from word in codes.Words?.All ?? []
           select (codes.Question, kind, word),
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public static void Every_word_raises_its_question_in_an_entry_that_holds(string question, RecordKind kind, string word)
    {
        var decision = Nothing.ScreenWith([Entries.Worded(kind, word.Replace("*", "x", StringComparison.Ordinal))]);

        Assert.Contains(decision.Intake.Record, evidence => evidence is { ChangesAnswer: true, Disagrees: true, Coding: null, Words: not null }
            && Shipped.Protocol.Questions[evidence.Question].Id == question);
        Assert.NotEqual(Eligibility.Eligible, decision.Eligibility);
    }

    [Fact]
    public static void Generated_records_raise_every_set_of_codes_of_both_protocols()
    {
        foreach (var protocol in new[] { Shipped.Protocol, MadeUp.Protocol })
        {
            var raised = new HashSet<RecordCoding>();
            var worded = new HashSet<string>();
            bool All() => protocol.Document.Codes.All(codes =>
                (codes.Codings.Count == 0 || codes.Codings.Any(raised.Contains)) && (codes.Words is null || worded.Contains(codes.Question)));
            var records = SaidGenerator.Of(protocol).SelectMany(said => RecordGenerator.Of(protocol, said.Today).Select(record => (said, record)));

            // The rarest come up within some thousands; nothing is learnt from more once all did.
            for (var tried = 0; tried < 30_000 && !All(); tried += 1000)
            {
                records.Sample((said, record) =>
                {
                    var raising = said.RaisedBy(record).Record.Where(evidence => evidence.ChangesAnswer).ToList();
                    raised.UnionWith(raising.Select(evidence => evidence.Coding).OfType<RecordCoding>());
                    worded.UnionWith(raising.Where(evidence => evidence.Words is not null).Select(evidence => protocol.Questions[evidence.Question].Id));
                }, iter: 1000, threads: 1);
            }

            Assert.All(protocol.Document.Codes.Where(codes => codes.Codings.Count > 0), codes => Assert.Contains(codes.Codings, raised.Contains));
            Assert.All(protocol.Document.Codes.Where(codes => codes.Words is not null), codes => Assert.Contains(codes.Question, worded));
        }
    }

    [Theory]
    [InlineData("`Z34` and below")]
    [InlineData("| RxNorm | `10753` | tretinoin |")]
    [InlineData("- Raises: `current`; `suspected` when not confirmed yet; `past` when it has ended")]
    [InlineData("- Raises: `occasional`; `daily` when taken every day; nothing when it has ended")]
    [InlineData("- Not when it is given by: Oral use (SNOMED CT `26643006`)")]
    [InlineData("- `chest` by: Thoracic structure (SNOMED CT `51185008`)")]
    [InlineData("- nothing by: Not pregnant (SNOMED CT `60001007`)")]
    [InlineData("- Raises: `botulinum-toxin` on its date")]
    [InlineData("nothing when one that is surely later is confirmed, or 300 days after its date")]
    [InlineData("- Words, of the present only: `pregnan*`, ")]
    [InlineData("- Words: `warfarin`, ")]
    [InlineData("- A word raises nothing directly behind, in the same clause: `family history of`, ")]
    [InlineData("- Where only the present counts, neither behind: `history of`, ")]
    [InlineData("- No word counts within: `pregnancy test*`, ")]
    public static void The_review_sheet_says_what_raises_what(string words) => Assert.Contains(words, ReviewSheet.Markdown(Shipped.Protocol), StringComparison.Ordinal);
}
