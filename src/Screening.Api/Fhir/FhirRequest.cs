using Microsoft.Net.Http.Headers;
using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Fhir;

namespace Screening.Api.Fhir;

/// <summary>What a request for FHIR says beside its body: the forms of the body and of the answer.</summary>
internal static class FhirRequest
{
    /// <summary>Where FHIR begins.</summary>
    public const string Base = "/fhir";

    private const string FormatParameter = "_format";
    private const string PrettyParameter = "_pretty";
    private const string Version = "4.0";

    // https://hl7.org/fhir/R4/http.html#mime-type: the general types mean FHIR's own.
    private static readonly string[] JsonTypes = ["application/fhir+json", "application/json", "text/json"];
    private static readonly string[] XmlTypes = ["application/fhir+xml", "application/xml", "text/xml"];

    /// <summary>The media types of a body, FHIR's own JSON first.</summary>
    public static string[] MediaTypes { get; } = ["application/fhir+json", "application/json", "application/fhir+xml", "application/xml", "text/xml"];

    /// <summary>The form of the body; null when it is none of FHIR's, in UTF-8, of this version.</summary>
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
    /// The form that the answer should have: by <c>_format</c>, else by <c>Accept</c>, else that of the body. Null when the request takes neither.
    /// </summary>
    public static FhirFormat? AnswerFormat(HttpRequest request) =>
        request.Query.TryGetValue(FormatParameter, out var stated) ? Named(stated) : Accepted(request);

    /// <summary>True when a page is wanted before every form of FHIR's, as browsers want it, and nothing else is asked for by <c>_format</c>.</summary>
    public static bool PrefersPage(HttpRequest request) =>
        request.Query.Count == 0 && MediaTypes.All(mediaType => Http.ResponseFormat.Prefers(request, PageFrame.MediaType, mediaType));

    /// <summary>True when the query has no other parameter than those of every FHIR address, each once and with a value that it takes.</summary>
    public static bool HasGoodQuery(HttpRequest request) => request.Query.All(parameter => parameter.Key switch
    {
        FormatParameter => parameter.Value.Count == 1,
        PrettyParameter => parameter.Value is ["true" or "false"],
        _ => false,
    });

    /// <summary>Whether the answer is to be laid out for people.</summary>
    public static bool IsPretty(HttpRequest request) => request.Query[PrettyParameter] is ["true"];

    /// <summary>In a query a plus sign means a space.</summary>
    private static FhirFormat? Named(string? format) => format?.Replace(' ', '+') switch
    {
        "json" => FhirFormat.Json,
        "xml" => FhirFormat.Xml,
        { } type => OfType(type),
        null => null,
    };

    private static FhirFormat? OfType(string mediaType) =>
        JsonTypes.Contains(mediaType) ? FhirFormat.Json : XmlTypes.Contains(mediaType) ? FhirFormat.Xml : null;

    private static FhirFormat? Accepted(HttpRequest request)
    {
        var wishes = new List<(FhirFormat? Format, int Quality)>();
        foreach (var line in request.Headers.Accept)
        {
            var entries = new QualityValues(line);
            while (entries.MoveNext())
            {
                var type = entries.Value.ToString().ToLowerInvariant();
                if (OfType(type) is not null || type is "*/*" or "application/*")
                {
                    wishes.Add((OfType(type), entries.Quality));
                }
            }
        }

        var usual = BodyFormat(request) ?? FhirFormat.Json;
        if (request.Headers.Accept.Count == 0)
        {
            return usual;
        }

        // What is named is not meant by the star; of two that are liked alike, the one that is named first.
        var best = wishes.Where(wish => wish.Quality > 0).OrderByDescending(wish => wish.Quality).ThenBy(wish => wish.Format is null).ToList();
        return best.Count == 0 ? null : best[0].Format ?? usual;
    }
}
