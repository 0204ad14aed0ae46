using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Api.Http;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>The document-level parts: introduction, groups of operations, and which objects are open for new members.</summary>
internal sealed class DocumentFrame(PublicAddress address) : IDocumentFilter
{
    /// <summary>The introduction of the document.</summary>
    public const string Description = """
        May this person have this treatment on this day? The service checks the answers of an intake against the exclusion list of a treatment, and says why.

        * Post the answers to `/v1/screenings`. Its examples work as they are: choose one, press **Try it out**, then **Execute**.
        * A screening that was decided is always `200`. Look at `bookable`, and at `eligibility` for the reason; treat a status that you do not know as not bookable.
        * Nothing is ignored silently. An unknown member, a misspelt question, `null`: each is an error, and all errors of a request are reported at once.
        * An unanswered question is left out. The decision is then `incomplete`, and `missing` says what to ask.
        * Errors are `application/problem+json` (RFC 9457). Their `type` and their codes have pages at `/problems/{code}`. No error repeats a value that was sent.
        * What is not HTTP at all (`400`, `408`, `414`, `431`, `505`), and a `*` in place of an address (`405`), is refused by the server itself, without a body.
        * Calendar rules count days on the clinic's local date; dates are ISO 8601. With `asOf` given, the same request gives the same decision forever.
        * Say who you are with every request, by a key in `X-Api-Key` or as `Authorization: Bearer`, or by a client certificate that the operator knows, except where an operation asks for none.
        * A request costs a permit, a batch one more for each line after the first, and a CDS Hooks call one more for each appointment after the first. `RateLimit` says how many are left, and `429` with `Retry-After` that they are used up.
        * With `Prefer: receipt` a decision comes with a signed receipt, which proves it for as long as the key does: `/v1/decisions/verify` checks it, `/v1/decisions/move` moves its appointment.
        * The service keeps nothing of a request.
        """;

    // In the order in which new users need them.
    private static readonly (string Name, string Description)[] Groups =
    [
        ("Screenings", "Decide on the answers of an intake, for one appointment."),
        ("Care plans", "What to do before and after, as dated steps."),
        ("Receipts", "Decisions that can be proven: signed, to be checked and asked again."),
        ("Protocols", "The exclusion lists that decisions are made by, with their sources."),
        ("CDS Hooks", "The same decision inside an electronic health record."),
        ("FHIR", "The same intake and decision in HL7 FHIR R4."),
        ("Intake form", "The intake for people: a page to fill in, and the decision as a page."),
        ("Problems", "What each error means and what to do."),
        ("Operations", "For whoever runs the service."),
    ];

    /// <inheritdoc/>
    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Tags = Groups.Select(group => new OpenApiTag { Name = group.Name, Description = group.Description }).ToHashSet();
        (swaggerDoc.Components ??= new OpenApiComponents()).Headers = RateLimits.Headers;

        // The public address first, which generators take; the other is right wherever the document itself was found.
        var here = Server(
            address.Prefix.HasValue ? address.Prefix.ToUriComponent() : "/",
            "This service, in production or in a test: where the document was found.");
        swaggerDoc.Servers = address.Configured is { } configured
            ? [Server(configured, "This service in production, at its public address."), here]
            : [here];
        var requests = RequestSchemas(swaggerDoc, context.SchemaRepository.Schemas);
        foreach (var (_, schema) in context.SchemaRepository.Schemas.Where(component => !requests.Contains(component.Key)))
        {
            Open(schema);
        }

        ValueLimits.Apply(swaggerDoc, context.SchemaRepository.Schemas, requests);
    }

    private static OpenApiServer Server(string url, string description) => new()
    {
        Url = url,
        Description = description,

        // For clients, whoever they are.
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["x-internal"] = new JsonNodeExtension(JsonValue.Create(false)),
        },
    };

    /// <summary>The names of the schemas that requests are made of.</summary>
    private static HashSet<string> RequestSchemas(Microsoft.OpenApi.OpenApiDocument document, Dictionary<string, IOpenApiSchema> schemas)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in document.Operations().SelectMany(operation => operation.RequestBody?.Content?.Values ?? []))
        {
            Collect(content.Schema);
        }

        return names;

        void Collect(IOpenApiSchema? schema)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } name })
            {
                if (names.Add(name))
                {
                    Collect(schemas[name]);
                }
            }
            else if (schema is not null)
            {
                foreach (var part in schema.Parts())
                {
                    Collect(part);
                }
            }
        }
    }

    /// <summary>
    /// Requests reject unknown members. Responses may gain members at any time and generated clients must still read them, so only the
    /// schemas used in requests stay closed.
    /// </summary>
    private static void Open(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema response)
        {
            response.AdditionalPropertiesAllowed = true;
            foreach (var part in response.Parts())
            {
                Open(part);
            }
        }
    }
}
