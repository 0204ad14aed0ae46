using System.Text;
using Hl7.Fhir.Model;
using Screening.Fhir.Reading;

namespace Screening.Fhir.Tests.Reading;

public static class ResourceReaderTests
{
    [Theory]
    [InlineData(""" [{ "id": "m" }] """)]
    [InlineData(""" [{ "contained": [{ "a": 1 }] }] """)]
    [InlineData(""" { "a": 1 } """)]
    [InlineData(""" [[]] """)]
    [InlineData(""" [1] """)]
    public static void A_contained_resource_without_a_type_is_an_error_and_no_failure(string contained)
    {
        var errors = ResourceReader.NewErrors();
        var body = $$"""{ "resourceType": "Parameters", "parameter": [{ "name": "record", "resource": { "resourceType": "Condition", "contained": {{contained}}, "subject": { "reference": "Patient/1" } } }] }""";

        Assert.Null(ResourceReader.Read<Parameters>(Encoding.UTF8.GetBytes(body), FhirFormat.Json, errors, null, CancellationToken.None));
        Assert.True(errors.AnyOfShape);
    }
}
