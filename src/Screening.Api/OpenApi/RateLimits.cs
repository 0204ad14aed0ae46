using System.Globalization;
using Microsoft.OpenApi;
using Screening.Api.Http;

namespace Screening.Api.OpenApi;

/// <summary>The headers by which a client sees how many permits it has left.</summary>
internal static class RateLimits
{
    private const string OpenService = " Absent where whoever reaches the service may call it.";

    // Of the client: these refuse a request before it is known, or for all that it asks.
    private static readonly string[] Before =
        [.. ((int[])[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden])
            .Select(status => status.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The headers, as components.</summary>
    public static Dictionary<string, IOpenApiHeader> Headers { get; } = new(StringComparer.Ordinal)
    {
        [RateLimitHeaders.StateName] = Header(
            "What is left (draft-ietf-httpapi-ratelimit-headers-11): `r` permits now, and no more within `t` seconds." + OpenService,
            """
            ^"client";r=[0-9]{1,10};t=[0-9]{1,10}$
            """,
            "\"client\";r=9999;t=1"),
        [RateLimitHeaders.PolicyName] = Header(
            "The client's quota: `q` permits come back in `w` seconds, evenly; with each instance of the service." + OpenService,
            """
            ^"client";q=[0-9]{1,10};w=60$
            """,
            "\"client\";q=60000;w=60"),
    };

    /// <summary>Adds them to every response that a client gets.</summary>
    public static void AddTo(OpenApiOperation operation, Microsoft.OpenApi.OpenApiDocument document)
    {
        foreach (var response in operation.Responses!
            .Where(response => !Before.Contains(response.Key)).Select(response => response.Value).Cast<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            foreach (var name in Headers.Keys)
            {
                response.Headers[name] = new OpenApiHeaderReference(name, document);
            }
        }
    }

    private static OpenApiHeader Header(string description, string pattern, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 50, Pattern = pattern },
        Example = example,
    };
}
