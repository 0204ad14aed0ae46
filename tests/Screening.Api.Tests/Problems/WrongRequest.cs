using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Problems;

/// <summary>A request with one thing wrong, and what its detail must name.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address, with its query.</param>
/// <param name="Body">The body; null without one.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Accept">The accepted media types.</param>
/// <param name="Code">The code of the error or of the problem.</param>
/// <param name="Both">What the detail says in each language.</param>
internal sealed record WrongRequest(string Method, string Path, byte[]? Body, string ContentType, string? Accept, string Code, string[] Both)
{
    /// <summary>A value that no answer may contain. It is put wherever a wrong value can stand.</summary>
    public const string Secret = "zq9secretvalue";

    /// <summary>What the detail says in English, and in Spanish.</summary>
    public (string English, string Spanish) Says { get; init; } = ("Accepted: ", "Se acepta: ");

    /// <summary>What the detail must not say in any language.</summary>
    public string[] Never { get; init; } = [];

    /// <summary>A screening with a value in place of the one at a pointer, or without it.</summary>
    public static WrongRequest OfScreening(string pointer, string? json, string code, params string[] both) =>
        Post("/v1/screenings", Edited(Requests.NothingToReport(), pointer, json).ToJsonString(), code, both);

    /// <summary>The same with every member that a screening may have.</summary>
    public static WrongRequest OfWhole(string pointer, string? json, string code, params string[] both) =>
        Post("/v1/screenings", Edited(Requests.Everything(), pointer, json).ToJsonString(), code, both);

    /// <summary>A <c>$screen</c> with a value in place of the one at a pointer, or without it.</summary>
    public static WrongRequest OfFhir(string pointer, string? json, string code, params string[] both) =>
        Post(FhirCalls.Screen, Edited(RestToFhir.Parameters(Requests.NothingToReport())!, pointer, json).ToJsonString(), code, both) with { ContentType = FhirCalls.Json };

    /// <summary>A hook's call with a value in place of the one at a pointer, or without it.</summary>
    public static WrongRequest OfHook(string pointer, string? json, string code, params string[] both) =>
        Post(CdsCalls.Book, Edited(CdsCalls.Booking(Requests.NothingToReport()), pointer, json).ToJsonString(), code, both);

    /// <summary>A body as it is.</summary>
    public static WrongRequest Post(string path, string body, string code, params string[] both) =>
        new("POST", path, Encoding.UTF8.GetBytes(body), "application/json", null, code, both);

    /// <summary>A request without a body.</summary>
    public static WrongRequest Get(string path, string code, params string[] both) => new("GET", path, null, string.Empty, null, code, both);

    /// <summary>Sends it; the status, and the answer.</summary>
    public async Task<(int Status, string Answer, string? Language)> SendAsync(HttpClient client, string language)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (Accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", Accept);
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentLanguage.FirstOrDefault());
    }

    private static JsonObject Edited(JsonObject request, string pointer, string? json)
    {
        var steps = pointer.Split('/')[1..];
        JsonNode owner = request;
        foreach (var step in steps[..^1])
        {
            owner = owner is JsonArray list ? list[int.Parse(step)]! : owner[step]!;
        }

        var value = json is null ? null : JsonNode.Parse(json.Replace("§", Secret, StringComparison.Ordinal));
        if (owner is JsonArray elements)
        {
            elements[int.Parse(steps[^1])] = value;
        }
        else if (json is null)
        {
            owner.AsObject().Remove(steps[^1]);
        }
        else
        {
            owner[steps[^1]] = value;
        }

        return request;
    }
}
