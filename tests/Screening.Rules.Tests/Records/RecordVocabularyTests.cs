using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What of a record can be read, and in whose words it is told.</summary>
public static class RecordVocabularyTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    [Theory]
    [InlineData(RecordKind.Condition, Icd, "J45", true)]
    [InlineData(RecordKind.Condition, Icd, " ", false)]
    [InlineData(RecordKind.Condition, "http://example.org/own", "J45", false)]
    [InlineData(RecordKind.Condition, "", "J45", false)]
    [InlineData(RecordKind.Condition, Loinc, "82810-3", false)]
    [InlineData(RecordKind.Observation, Loinc, "1-1", true)]
    [InlineData(RecordKind.Medication, "http://hl7.org/fhir/sid/ndc", "0056-0172", false)]
    public static void An_entry_is_read_by_a_code_of_a_system_that_is_listed_for_its_kind(
        RecordKind kind, string system, string code, bool reads) =>
        Assert.Equal(reads, Shipped.Protocol.RecordVocabulary.Reads(kind, Concept(system, code)));

    [Theory]
    [InlineData("Asthma", true)]
    [InlineData("5", true)]
    [InlineData("喘息", true)]
    [InlineData("", false)]
    [InlineData(" -- \n", false)]
    public static void An_entry_is_read_by_any_word(string text, bool reads)
    {
        var concept = Concept("http://example.org/own", "1") with { Texts = [text] };

        Assert.Equal(reads, Shipped.Protocol.RecordVocabulary.Reads(RecordKind.Condition, concept));
    }

    [Fact]
    public static void What_stands_beyond_the_part_of_a_text_that_is_looked_at_is_not_seen()
    {
        var filler = new string(' ', RecordVocabulary.MaxLengthRead - "warfarin".Length);
        var (within, beyond) = (Text(filler + "warfarin"), Text(filler + " warfarin"));

        Assert.True(RecordVocabulary.ReadsAllOf(within));
        Assert.False(RecordVocabulary.ReadsAllOf(beyond));
        Assert.NotEmpty(Nothing.RaisedBy([Worded(RecordKind.Medication, "") with { Concept = within }]).Record);
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Medication, "") with { Concept = beyond }]).Record);
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm")]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm/")]
    [InlineData("https://hl7.org/fhir/sid/icd-10-cm")]
    [InlineData("HTTP://HL7.org/fhir/sid/icd-10-cm")]
    [InlineData(" http://hl7.org/fhir/sid/icd-10-cm\n")]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm|2026")]
    [InlineData("https://hl7.org/fhir/sid/icd-10-cm/ | 2026")]
    [InlineData("urn:oid:2.16.840.1.113883.6.90")]
    [InlineData("urn:oid:2.16.840.1.113883.6.90|2026")]
    public static void A_code_system_is_known_by_its_address_in_any_spelling(string system) =>
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Condition(system, "L40.0")]).Eligibility);

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("/")]
    [InlineData("http://")]
    [InlineData("icd-10-cm")]
    [InlineData("http://hl7.org/fhir/sid/icd-10")]
    [InlineData("ftp://hl7.org/fhir/sid/icd-10-cm")]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm/2026")]
    public static void Another_address_is_another_system(string system) =>
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Condition(system, "L40.0")]).Eligibility);

    [Fact]
    public static void Evidence_holds_the_words_of_the_record_and_never_as_those_of_the_person()
    {
        var intake = Nothing.RaisedBy([Worded(RecordKind.Medication, "Warfarin Sodium\n5 MG\tOral \u202ETablet")]);
        var question = RecordReconciliationTests.Question("anticoagulantUse");

        Assert.Equal("Warfarin Sodium 5 MG Oral  Tablet", Assert.Single(intake.Record).Words);
        Assert.Equal("none", question.Codes[question.ShownCode(intake.PatientAnswers[question.Index])].Code);
        Assert.Equal("occasional", RecordReconciliationTests.Shown(intake, "anticoagulantUse"));
        Assert.Equal(new RecordSummary(1, 1), intake.RecordSummary);
    }

    [Fact]
    public static void Of_a_long_text_the_part_is_held_in_which_the_word_stands()
    {
        var text = new string('x', 1000) + " warfarin " + new string('y', 1000);
        var words = Assert.Single(Nothing.RaisedBy([Worded(RecordKind.Medication, text)]).Record).Words!;

        Assert.Equal(RecordVocabulary.MaxExcerptLength, words.Length);
        Assert.StartsWith("…x", words, StringComparison.Ordinal);
        Assert.Contains(" warfarin ", words, StringComparison.Ordinal);
        Assert.EndsWith("y…", words, StringComparison.Ordinal);
    }

    [Fact]
    public static void Half_a_character_is_not_shown()
    {
        var text = string.Concat(Enumerable.Repeat("💊", 300)) + " warfarin";

        for (var at = 0; at < text.Length; at++)
        {
            var shown = RecordText.Excerpt(text[(at % 2)..], at);
            Assert.Equal(shown, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
            Assert.InRange(shown.Length, 1, RecordVocabulary.MaxExcerptLength);
        }
    }

    [Theory]
    [InlineData("Año ÑANDÚ", "ano nandu")]
    [InlineData("DEﬁBRILLATOR œdema Straße", "defibrillator oedema strasse")]
    [InlineData("Łódź ŒUVRE Ångström ıİ", "lodz oeuvre angstrom ii")]
    [InlineData("e\u0301le\u0300ve", "eleve")]
    [InlineData("Crohn’s x×y·z", "crohn s x y z")]
    [InlineData("Ωmega", "ωmega")]
    public static void Letters_are_compared_without_case_accents_and_ligatures(string text, string plain)
    {
        var words = new RecordText(text);

        Assert.Equal(plain, string.Join(' ', Enumerable.Range(0, words.Count).Select(i => words.Letters(i).ToString())));
    }
}
