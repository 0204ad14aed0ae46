using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What the shipped protocol's words say of texts as people and code systems write them.</summary>
public static class ShippedWordTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    [Theory]
    [InlineData("Encounter for pregnancy test, result positive")]
    [InlineData("Positive pregnancy test")]
    [InlineData("Pregnancy test: positive")]
    [InlineData("UPT positive")]
    [InlineData("Prueba de embarazo positiva")]
    [InlineData("Not resolved rash")]
    [InlineData("Partially healed wound")]
    [InlineData("Not fully recovered from cellulitis")]
    [InlineData("3 day history of rash")]
    [InlineData("10 year history of psoriasis")]
    [InlineData("No family history - pregnant, 20 weeks")]
    [InlineData("Vive con pareja - embarazada")]
    [InlineData("Squamous cell carcinomas of skin")]
    [InlineData("Recurrent DVTs")]
    [InlineData("Ulcers of skin")]
    [InlineData("Using tretinoin cream")]
    [InlineData("Hardware in mandible")]
    public static void What_is_said_of_the_present_is_for_a_clinician(string text) =>
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([Worded(RecordKind.Condition, text)]).Eligibility);

    [Theory]
    [InlineData("Encounter for pregnancy test, result negative")]
    [InlineData("Negative pregnancy test")]
    [InlineData("Urine pregnancy test")]
    [InlineData("Resolved rash")]
    [InlineData("History of psoriasis")]
    [InlineData("Healed wound")]
    [InlineData("Canker sores")]
    [InlineData("Family history: psoriasis")]
    public static void What_is_over_or_means_something_else_raises_nothing(string text) =>
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Condition, text)]).Record);

    [Theory]
    [InlineData("Silver birch pollen")]
    [InlineData("Gold kiwi")]
    public static void An_allergy_to_a_plant_is_none_to_a_metal(string text) =>
        Assert.Empty(Nothing.RaisedBy([Worded(RecordKind.Allergy, text)]).Record);

    [Fact]
    public static void A_positive_pregnancy_test_counts_by_its_code() =>
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Condition(Icd, "Z32.01")]).Eligibility);

    [Theory]
    [InlineData("S01.81XA", "Keloid scar after laceration")]
    [InlineData("L30.9", "Dermatitis in a keloid")]
    [InlineData("D84.9", "HIV disease")]
    public static void Words_of_something_else_count_beside_a_code_that_raises_nothing(string code, string text)
    {
        RecordConcept concept = new([new RecordCode(Icd, code)]) { Texts = [text] };

        Assert.Empty(Nothing.RaisedBy([Condition(Icd, code, RecordState.Ended)]).Record);
        Assert.Equal(
            Eligibility.Review,
            Nothing.ScreenWith([Condition(Icd, code, RecordState.Ended) with { Concept = concept }]).Eligibility);
    }

    [Fact]
    public static void Another_medicine_in_the_words_beside_a_code_counts()
    {
        const string Clopidogrel = "32968";
        RecordConcept concept = new([new RecordCode(RxNorm, Clopidogrel)]) { Texts = ["warfarin 5 mg"] };
        var daily = Medication(RxNorm, Clopidogrel) with { IsDaily = true };

        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([daily]).Eligibility);
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([daily with { Concept = concept }]).Eligibility);
    }
}
