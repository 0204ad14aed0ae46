using Microsoft.Net.Http.Headers;
using Screening.Api.Http;
using Screening.Fhir;

namespace Screening.Api.Fhir;

/// <summary>Content negotiation of FHIR requests: the formats of the body and of the response.</summary>
internal static class FhirRequest
{
    /// <summary>The base path of the FHIR API.</summary>
    public const string Base = "/fhir";

    private const string FormatParameter = "_format";
    private const string PrettyParameter = "_pretty";
    private const string Version = "4.0";

    // https://hl7.org/fhir/R4/http.html#mime-type: the generic types are aliases of FHIR's own.
    private static readonly string[] JsonTypes = ["application/fhir+json", "application/json", "text/json"];
    private static readonly string[] XmlTypes = ["application/fhir+xml", "application/xml", "text/xml"];

    /// <summary>The query parameters of every FHIR address.</summary>
    public static ParameterDescription[] Parameters { get; } =
    [
        new(
            FormatParameter, InHeader: false, "The format of the response, overriding `Accept`.",
            ["json", "xml", .. JsonTypes, .. XmlTypes])
        {
            IsFormat = true,
        },
        ParameterDescription.Boolean(PrettyParameter, "Whether the response is indented for people to read."),
    ];

    /// <summary>The accepted media types of a body, FHIR's own JSON type first.</summary>
    public static string[] MediaTypes { get; } = ["application/fhir+json", "application/json", "application/fhir+xml", "application/xml", "text/xml"];

    /// <summary>Returns the format of the body; null when it is not a FHIR format in UTF-8, or another FHIR version.</summary>
    public static FhirFormat? BodyFormat(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase)) is { } version
            && HeaderUtilities.RemoveQuotes(version.Value) != Version)
        {
            return null;
        }

        return MediaTypes.Where(mediaType => RequestBody.IsUtf8(request, mediaType)).Select(OfType).FirstOrDefault();
    }

    /// <summary>
    /// Returns the response format: by <c>_format</c>, else by <c>Accept</c>, else the format of the body. Null when the request accepts
    /// neither.
    /// </summary>
    public static FhirFormat? ResponseFormatOf(HttpRequest request) =>
        request.Query.TryGetValue(FormatParameter, out var format) ? ParseFormat(format) : NegotiateFormat(request);

    /// <summary>True when an HTML page is preferred to every FHIR format, as by browsers, and the query is empty.</summary>
    public static bool PrefersPage(HttpRequest request) =>
        request.Query.Count == 0 && MediaTypes.All(mediaType => Http.ResponseFormat.PrefersPage(request, mediaType));

    /// <summary>Whether the response is indented.</summary>
    public static bool IsPretty(HttpRequest request) => request.Query[PrettyParameter] is ["true"];

    /// <summary>Parses a value of <c>_format</c>. In a query a plus sign means a space.</summary>
    private static FhirFormat? ParseFormat(string? format) => format?.Replace(' ', '+') switch
    {
        "json" => FhirFormat.Json,
        "xml" => FhirFormat.Xml,
        { } type => OfType(type),
        null => null,
    };

    private static FhirFormat? OfType(string mediaType) =>
        JsonTypes.Contains(mediaType) ? FhirFormat.Json : XmlTypes.Contains(mediaType) ? FhirFormat.Xml : null;

    private static FhirFormat? NegotiateFormat(HttpRequest request)
    {
        var accepted = new List<(FhirFormat? Format, int Quality)>();
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                var type = entries.Value.ToString().ToLowerInvariant();
                if (OfType(type) is not null || type is "*/*" or "*" or "application/*")
                {
                    accepted.Add((OfType(type), entries.Quality));
                }
            }
        }

        var defaultFormat = BodyFormat(request) ?? FhirFormat.Json;
        if (request.Headers.Accept.Count == 0)
        {
            return defaultFormat;
        }

        // The wildcard does not apply to a listed type; of two types with equal quality, the one listed first wins.
        var best = accepted.Where(entry => entry.Quality > 0)
            .OrderByDescending(entry => entry.Quality).ThenBy(entry => entry.Format is null).ToList();
        return best.Count == 0 ? null : best[0].Format ?? defaultFormat;
    }
}
