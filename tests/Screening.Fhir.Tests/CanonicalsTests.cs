using Hl7.Fhir.Model;

namespace Screening.Fhir.Tests;

public static class CanonicalsTests
{
    [Fact]
    public static void Canonicals_are_absolute_uris_in_the_eyes_of_the_sdk()
    {
        Assert.All(
            [Canonicals.Questionnaire("made-up-peel"), Canonicals.Codes("made-up-peel", "sunTan")],
            name => Assert.True(FhirUri.IsValidValue(name) && new Uri(name).IsAbsoluteUri));
        Assert.NotEqual(Canonicals.Codes("made-up-peel", "a"), Canonicals.Codes("made-up-peel", "b"));
    }
}
