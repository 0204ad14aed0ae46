using System.Text;
using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// The receipt of a decision as the Provenance of its GuidanceResponse: signed by the service, as its author.
/// <see href="https://hl7.org/fhir/R4/provenance.html"/>.
/// </summary>
internal static class ProvenanceResource
{
    /// <summary>The media type of an SD-JWT (RFC 9901).</summary>
    private const string MediaType = "application/sd-jwt";

    private const string Uris = "urn:ietf:rfc:3986";
    private const string Activities = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private const string AgentTypes = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private const string SignatureTypes = "urn:iso-astm:E1762-95:2013";

    /// <param name="signed">The receipt.</param>
    /// <param name="target">The name of the GuidanceResponse's entry.</param>
    /// <param name="language">The language of the texts.</param>
    public static Provenance Of(SignedDecision signed, string target, Language language) => new()
    {
        Language = language.Tag,
        Text = Xhtml.Narrative(language, Xhtml.Paragraph(FormTexts.Signed.In(language))),
        Target = [new ResourceReference(target)],
        RecordedElement = FhirTimes.Of(signed.When),
        Activity = new CodeableConcept(Activities, "CREATE", "create", null),
        Agent =
        [
            new Provenance.AgentComponent
            {
                Type = new CodeableConcept(AgentTypes, "author", "Author", null),
                Who = Service(signed),
            },
        ],
        Signature =
        [
            new Signature
            {
                Type = [new Coding(SignatureTypes, "1.2.840.10065.1.12.1.1", "Author's Signature")],
                WhenElement = FhirTimes.Of(signed.When),
                Who = Service(signed),
                SigFormat = MediaType,
                Data = Encoding.ASCII.GetBytes(signed.Receipt),
            },
        ],
    };

    private static ResourceReference Service(SignedDecision signed) =>
        new() { Type = nameof(Device), Identifier = new Identifier(Uris, signed.Issuer) };
}
