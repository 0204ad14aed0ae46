using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests;

/// <summary>A request of a route, as an example of the OpenAPI document has it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address, with the examples of its parts.</param>
/// <param name="Template">The address as the document has it.</param>
/// <param name="Query">The names of the query parameters.</param>
/// <param name="ContentType">What the body is; null without one.</param>
/// <param name="Body">The body; null without one.</param>
internal sealed record RouteCall(
    string Method, string Path, string Template, IReadOnlyList<string> Query, string? ContentType, string? Body)
{
    /// <summary>Every example of every route of the committed document.</summary>
    public static IReadOnlyList<RouteCall> All { get; } = [.. Read()];

    /// <summary>The first example of every route and media type.</summary>
    public static IEnumerable<RouteCall> First => All.DistinctBy(call => (call.Method, call.Template, call.ContentType));

    /// <summary>A client that shows redirects as they are.</summary>
    public static HttpClient Client(ServiceFixture service) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = service.Address };

    /// <summary>The request, to be sent.</summary>
    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(Path, UriKind.Relative));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            message.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
            if (ContentType == "application/x-www-form-urlencoded")
            {
                // As a browser says of a page of the service.
                message.Headers.Add("Sec-Fetch-Site", "same-origin");
            }
        }

        return message;
    }

    public override string ToString() => $"{Method} {Template} {ContentType}";

    private static IEnumerable<RouteCall> Read()
    {
        var document = new OpenApi.OpenApi(JsonNode.Parse(File.ReadAllText(Repository.Path("openapi/screening-v1.json")))!);
        foreach (var (template, method, operation) in document.Operations)
        {
            var parameters = (operation["parameters"] as JsonArray ?? []).Select(parameter => parameter!).ToList();
            var path = parameters.Where(parameter => (string)parameter["in"]! == "path").Aggregate(
                template,
                (path, parameter) => path.Replace($"{{{parameter["name"]}}}", (string)parameter["example"]!, StringComparison.Ordinal));
            string[] query = [.. parameters.Where(one => (string)one["in"]! == "query").Select(one => (string)one["name"]!)];
            var call = new RouteCall(method.ToUpperInvariant(), path, template, query, null, null);
            foreach (var (contentType, body) in Bodies(operation))
            {
                yield return call with { ContentType = contentType, Body = body };
            }
        }
    }

    private static IEnumerable<(string? ContentType, string? Body)> Bodies(JsonObject operation) =>
        operation["requestBody"] is not { } body ? [(null, null)]
        : from content in body["content"]!.AsObject()
          from example in OpenApi.OpenApi.Examples(content.Value!)
          select ((string?)content.Key, (string?)(example.Value is JsonValue text ? (string)text! : example.Value.ToJsonString()));
}
