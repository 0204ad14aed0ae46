using System.Text.RegularExpressions;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Access;

/// <summary>One of the ways in, and what an error looks like there.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address.</param>
/// <param name="ContentType">The type of the body; null without one.</param>
/// <param name="Accept">What the client asks for.</param>
/// <param name="MediaType">The type of an error.</param>
/// <param name="Marks">What an error of this form has, in English.</param>
internal sealed record Door(string Method, string Path, string? ContentType, string Accept, string MediaType, params string[] Marks)
{
    private const string Problem = "application/problem+json";

    /// <summary>All closed doors, by name.</summary>
    public static IReadOnlyDictionary<string, Door> Closed { get; } = new Dictionary<string, Door>(StringComparer.Ordinal)
    {
        ["screenings"] = new("POST", "/v1/screenings", "application/json", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["batch"] = new("POST", "/v1/screenings/batch", "application/x-ndjson", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["move"] = new("POST", "/v1/decisions/move", "application/json", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["verify"] = new("POST", "/v1/decisions/verify", "application/json", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["FHIR in JSON"] = new(
            "POST", FhirCalls.Screen, FhirCalls.Json, FhirCalls.Json, FhirCalls.Json,
            "\"resourceType\":\"OperationOutcome\"", "\"code\":\"login\""),
        ["FHIR in XML"] = new(
            "POST", FhirCalls.Screen, FhirCalls.Xml, FhirCalls.Xml, FhirCalls.Xml,
            "<OperationOutcome xmlns=\"http://hl7.org/fhir\">", "<code value=\"login\""),
        ["hook"] = new("POST", CdsCalls.Book, "application/json", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["feedback"] = new("POST", CdsCalls.Book + "/feedback", "application/json", "*/*", Problem, "\"errors\":[]", "/problems/"),
        ["protocols"] = new("GET", "/v1/protocols", null, "application/json", Problem, "\"errors\":[]", "/problems/"),
        ["nothing"] = new("GET", "/nowhere", null, "text/html", Problem, "\"errors\":[]", "/problems/"),
        ["another method"] = new("DELETE", "/v1/screenings", null, "*/*", Problem, "\"errors\":[]", "/problems/"),
    };

    /// <summary>Its headers.</summary>
    public IEnumerable<string> Headers =>
        ContentType is null ? [$"Accept: {Accept}"] : [$"Accept: {Accept}", $"Content-Type: {ContentType}"];

    /// <summary>Sends bad credentials, which are refused in the form of this door, with the reason in the log alone.</summary>
    /// <returns>The answer, without its trace and date: it is the same for all.</returns>
    public async Task<string> RefusesAsync(KeyedService service, BadCredentials bad)
    {
        var before = service.Lines().Count;
        var answer = await service.SendAsync(Method, Path + bad.Query, [.. Headers, .. bad.Headers], ContentType is null ? null : "{}");
        Assert.True(answer.StartsWith("HTTP/1.1 401 ", StringComparison.Ordinal), $"{bad.Name}: {answer}");
        Assert.Contains("\r\nWWW-Authenticate: Bearer\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Type: {MediaType}", answer, StringComparison.Ordinal);
        Assert.All(Marks, mark => Assert.Contains(mark, answer, StringComparison.Ordinal));
        Assert.DoesNotContain("\"cards\"", answer, StringComparison.Ordinal);

        var line = (await service.LinesAsync(before + 1))[before];
        Assert.Equal((bad.Name, bad.Code, 401, "-"), (bad.Name, (string?)line["Refusal"], (int)line["Status"]!, (string)line["Client"]!));
        return Regex.Replace(answer, "[0-9a-f]{32}|\r\nDate: [^\r]+|\r\nAllow: [^\r]+", string.Empty, RegexOptions.NonBacktracking);
    }
}
