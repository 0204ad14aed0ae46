using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What words of a record raise, on the made-up lamp: one sentence for each reading.</summary>
public static class RecordWordTests
{
    private static readonly Said Nothing = Said.Nothing(MadeUp.Protocol);

    [Theory]
    [InlineData("Peelol")]
    [InlineData("PEELOL 5 % Topical Cream")]
    [InlineData("cream (peelol)")]
    [InlineData("Péelôl")]
    [InlineData("Peelo\u0301l")]
    [InlineData("Ｐｅｅｌｏｌ")]
    [InlineData("Peel\u00ADol")]
    [InlineData("Acme-Peelol/Zinc")]
    [InlineData("Peelol's generic")]
    public static void The_name_of_a_medicine_raises_what_its_code_raises(string name)
    {
        var decision = Nothing.ScreenWith([Worded(RecordKind.Medication, name)]);

        Assert.Equal(("now", Eligibility.Conditional), (Answer(decision), decision.Eligibility));
        Assert.Equal(Nothing.ScreenWith([Medication(RxNorm, "11")]).NotBefore, decision.NotBefore);
    }

    [Theory]
    [InlineData("Peelolol")]
    [InlineData("Peel ol")]
    [InlineData("Xpeelol")]
    [InlineData("")]
    public static void A_part_of_a_word_is_not_the_word(string name) =>
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Medication, name)]).Record);

    [Fact]
    public static void By_its_name_a_medicine_counts_by_its_state_and_its_routes_as_by_its_code()
    {
        var entry = Worded(RecordKind.Medication, "Peelol", RecordState.Ended).Until(PartialDate.Of(Nothing.Today.PlusDays(-1)).ToString());

        Assert.Equal("ended", Answer(Nothing.ScreenWith([entry])));
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Medication, "Peelol").By("4001")]).Record);
    }

    [Theory]
    [InlineData(RecordKind.Condition, "Whooping cough", "cough")]
    [InlineData(RecordKind.Condition, "Coughing at night", "cough")]
    [InlineData(RecordKind.Condition, "TOS FERINA", "cough")]
    [InlineData(RecordKind.Condition, "Smoking (finding)", "smoker")]
    [InlineData(RecordKind.Procedure, "Placa metálica en el brazo", "scars")]
    [InlineData(RecordKind.Device, "Metal\nplate", "scars")]
    [InlineData(RecordKind.Allergy, "Heat", "worries")]
    [InlineData(RecordKind.Procedure, "Flu vaccination", "vaccines")]
    public static void A_word_in_any_other_kind_of_entry_is_for_a_clinician_and_never_more(RecordKind kind, string text, string question)
    {
        var decision = Nothing.ScreenWith([Worded(kind, text)]);

        var evidence = Assert.Single(decision.Intake.Record);
        Assert.Equal((question, true, true), (MadeUp.Protocol.Questions[evidence.Question].Id, evidence.ChangesAnswer, evidence.Disagrees));
        Assert.Equal(ReservedCode.Unknown, MadeUp.Protocol.Questions[evidence.Question].OptionOf(evidence)?.Code ?? ReservedCode.Unknown);
        Assert.True(decision.Intake.Answers[evidence.Question].IsUnknown);
        Assert.Equal(Eligibility.Review, decision.Eligibility);
    }

    [Theory]
    [InlineData(RecordKind.Observation, "Whooping cough")]
    [InlineData(RecordKind.Allergy, "Peelol")]
    [InlineData(RecordKind.Medication, "Whooping cough syrup")]
    public static void A_word_counts_in_no_kind_of_entry_but_its_own(RecordKind kind, string text) =>
        Assert.Empty(Nothing.RaisedBy([Worded(kind, text)]).Record);

    [Theory]
    [InlineData("Family history of cough", false)]
    [InlineData("Family history of whooping cough", false)]
    [InlineData("FAMILY-HISTORY of: cough", false)]
    [InlineData("Riesgo de tos ferina", false)]
    [InlineData("Family history of chronic cough", true)]
    [InlineData("Family history of asthma, cough", true)]
    [InlineData("Family history of asthma and cough", true)]
    [InlineData("Family history of\ncough", true)]
    [InlineData("Family history (of cough)", true)]
    [InlineData("Cough, risk of fainting", true)]
    [InlineData("High-risk cough; family history of", true)]
    [InlineData("Risk of cough. Cough", true)]
    [InlineData("History of cough", true)]
    [InlineData("No family history - cough", true)]
    [InlineData("No family history / cough", true)]
    [InlineData("No family history | cough", true)]
    [InlineData("No family history! cough", true)]
    [InlineData("No family history – cough", true)]
    [InlineData("No family history • cough", true)]
    [InlineData("No family history \"cough\"", true)]
    [InlineData("No family history\tcough", true)]
    [InlineData("Family-history of cough", false)]
    public static void A_phrase_of_another_person_or_of_fear_stops_a_word_directly_behind_it_in_its_clause(string text, bool raises) =>
        Assert.Equal(raises, Nothing.RaisedBy([Worded(RecordKind.Condition, text)]).Record.Any());

    [Theory]
    [InlineData("History of smoking", false)]
    [InlineData("Antecedentes de fumador", false)]
    [InlineData("History of heavy smoking", true)]
    [InlineData("History, smoking", true)]
    [InlineData("Smoking: history of", true)]
    public static void A_phrase_of_the_past_stops_what_only_counts_at_present(string text, bool raises) =>
        Assert.Equal(raises, Nothing.RaisedBy([Worded(RecordKind.Condition, text)]).Record.Any());

    [Theory]
    [InlineData("Cough drops", false)]
    [InlineData("Cough drops, dry cough", true)]
    [InlineData("Whooping cough drops", true)]
    [InlineData("Coughing drops", true)]
    public static void No_word_counts_within_a_phrase_that_means_something_else(string text, bool raises) =>
        Assert.Equal(raises, Nothing.RaisedBy([Worded(RecordKind.Condition, text)]).Record.Any());

    [Fact]
    public static void A_number_does_not_end_a_clause()
    {
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Condition, "5.5 risk of cough")]).Record);
        Assert.Equal(
            [("risk", 0, 0), ("of", 0, 0), ("0", 0, 0), ("5", 0, 0), ("mg", 0, 0), ("a", 1, 1), ("b", 1, 2)],
            Words(new RecordText("risk of 0.5 mg. A\nb")));
    }

    [Fact]
    public static void Where_a_code_decides_a_question_the_words_beside_it_do_not()
    {
        RecordConcept both = new([new RecordCode(RxNorm, "11")]) { Texts = ["Peelol"] };
        var swallowed = Worded(RecordKind.Medication, "") with { Concept = both };

        Assert.NotNull(Assert.Single(Nothing.RaisedBy([swallowed]).Record).Coding);
        Assert.Empty(Nothing.RaisedBy([swallowed.By("4001")]).Record);

        RecordConcept over = new([new RecordCode(Icd, "R05")]) { Texts = ["Cough"] };
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Condition, "", RecordState.Ended) with { Concept = over }]).Record);
    }

    [Fact]
    public static void Where_no_code_decides_a_question_the_words_beside_it_do()
    {
        RecordCode[] codes = [new("http://example.org/own", "R05"), new(Icd, "F17.1")];
        RecordConcept own = new([.. codes]) { Texts = ["Unspecified", "Cough"] };

        var record = Nothing.RaisedBy([Worded(RecordKind.Condition, "") with { Concept = own }]).Record;

        Assert.Equal(
            [("smoker", "F17", null), ("cough", null, "Cough")],
            record.Select(e => (MadeUp.Protocol.Questions[e.Question].Id, e.Coding?.Code, e.Words)));
    }

    [Fact]
    public static void A_word_raises_nothing_where_its_code_would_not()
    {
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Condition, "Cough", RecordState.Ended)]).Record);
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Device, "Metal plate", RecordState.Ended)]).Record);
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Device, "Metal plate").At("2003")]).Record);

        var unconfirmed = Worded(RecordKind.Condition, "Cough") with { IsUnconfirmed = true };
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([unconfirmed]).Eligibility);
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([Worded(RecordKind.Allergy, "Heat", RecordState.Ended)]).Eligibility);
    }

    [Theory]
    [InlineData(-2, Eligibility.Eligible)]
    [InlineData(-1, Eligibility.Review)]
    [InlineData(5, Eligibility.Review)]
    public static void A_word_of_an_event_raises_nothing_once_its_wait_is_over(int days, Eligibility expected)
    {
        var entry = Worded(RecordKind.Procedure, "Flu vaccine").On(PartialDate.Of(Nothing.Today.PlusDays(days)).ToString());

        Assert.Equal(expected, Nothing.ScreenWith([entry]).Eligibility);
    }

    [Fact]
    public static void A_word_of_what_the_person_has_said_already_raises_nothing()
    {
        var told = PartialDate.Of(Nothing.Today.PlusDays(3)).ToString();
        var said = Nothing.With("cough", "\"yes\"").With("worries", "[\"heat\"]")
            .With("vaccines", $$"""[{"vaccine":"flu","day":"{{told}}"}]""");
        RecordEntry[] record =
        [
            Worded(RecordKind.Condition, "Cough"), Worded(RecordKind.Procedure, "Flu vaccine").On(told), Worded(RecordKind.Allergy, "Heat"),
        ];

        var raised = said.ScreenWith(record);

        Assert.Equal(3, raised.Intake.Record.Length);
        Assert.All(raised.Intake.Record, evidence => Assert.False(evidence.ChangesAnswer));
        Assert.Equal(string.Join(';', said.Screen().Findings), string.Join(';', raised.Findings));
        Assert.True(Assert.Single(Nothing.With("worries", "[\"light\"]").RaisedBy([Worded(RecordKind.Allergy, "Calor")]).Record).ChangesAnswer);
    }

    [Fact]
    public static void A_record_that_looks_like_a_book_is_gone_through_once()
    {
        var text = string.Concat(Enumerable.Repeat("family history of metal plate cough drops ", 100));
        RecordEntry[] record = [.. Enumerable.Range(0, 250).Select(i => Worded(RecordKind.Condition, text + i).Called($"Condition/{i}"))];

        Assert.Equal(new RecordSummary(250, 0), Nothing.RaisedBy(record).RecordSummary);
    }

    private static IEnumerable<(string Letters, int Sentence, int Clause)> Words(RecordText text) =>
        Enumerable.Range(0, text.Count).Select(i => (text.Letters(i).ToString(), text[i].Sentence, text[i].Clause));

    private static string Answer(Decision decision)
    {
        var question = MadeUp.Protocol.Questions.Single(question => question.Id == "peel");
        return question.Codes[question.ShownCode(decision.Intake.Answers[question.Index])].Code;
    }
}
