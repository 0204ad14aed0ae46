using System.Globalization;
using System.Text.RegularExpressions;

namespace Screening.Api.Tests.Logging;

/// <summary>Requests of a route with secrets in them, each secret only once, in every place in turn.</summary>
internal sealed partial class Canaries
{
    private static readonly string[] Headers =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "baggage", "Cookie", "Forwarded", "From", "If-Match",
        "If-Modified-Since", "If-None-Match", "Origin", "Prefer", "Range", "Referer", "traceparent", "tracestate", "User-Agent",
        "X-Api-Key", "X-Correlation-ID", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-Id",
    ];

    private int last;

    /// <summary>How many secrets there were so far.</summary>
    public int Count => last;

    /// <summary>The secrets in a text.</summary>
    public static IEnumerable<string> In(string text) =>
        Secret().Matches(text).Select(match => match.Value.ToUpperInvariant()).Distinct(StringComparer.Ordinal);

    /// <summary>The secrets in what an error says. A place names the members that lead to it, in the words of the request.</summary>
    public static IEnumerable<string> InError(string text) =>
        In(Places().Replace(text, place => NameSecret().Replace(place.Value, string.Empty)));

    /// <summary>A secret that was nowhere yet.</summary>
    public string Next() => Next('q');

    /// <summary>The call with secrets in its address, its method, its headers and its body.</summary>
    public IEnumerable<HttpRequestMessage> Of(RouteCall call) =>
        OfAddress(call).Concat(OfHeaders(call)).Concat(Bodies(call).Select(body => (call with { Body = body }).Message()));

    /// <summary>The call as it is, with secrets where no endpoint looks.</summary>
    public HttpRequestMessage Beside(RouteCall call)
    {
        var request = (call with { Path = $"{call.Path}?{Next()}={Next()}" }).Message();
        foreach (var name in (string[])["User-Agent", "Cookie", "Authorization", "X-Request-Id", Next()])
        {
            request.Headers.TryAddWithoutValidation(name, Next());
        }

        return request;
    }

    private IEnumerable<HttpRequestMessage> OfAddress(RouteCall call)
    {
        yield return Beside(call);
        yield return (call with { Method = Next().ToUpperInvariant() }).Message();
        yield return (call with { Path = call.Path + "/" + Next() }).Message();
        var parts = call.Template.Split('/');
        foreach (var place in Enumerable.Range(1, parts.Length - 1))
        {
            var path = call.Path.Split('/');
            path[place] = Next();
            yield return (call with { Path = string.Join('/', path) }).Message();
        }

        foreach (var name in call.Query)
        {
            yield return (call with { Path = $"{call.Path}?{name}={Next()}" }).Message();
        }
    }

    private IEnumerable<HttpRequestMessage> OfHeaders(RouteCall call)
    {
        foreach (var name in Headers)
        {
            var request = call.Message();
            request.Headers.TryAddWithoutValidation(name, Next());
            yield return request;
        }

        var host = call.Message();
        host.Headers.Host = Next() + ".example";
        yield return host;
        if (call.Body is not null)
        {
            foreach (var type in (string[])["application/" + Next(), "application/json; charset=" + Next(), Next()])
            {
                var typed = call.Message();
                typed.Content!.Headers.Remove("Content-Type");
                typed.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                yield return typed;
            }
        }
    }

    /// <summary>The body with a secret as each of its values, as each of its names, before it, in its middle and after it.</summary>
    private IEnumerable<string> Bodies(RouteCall call)
    {
        if (call.Body is not { } body)
        {
            yield break;
        }

        yield return Next() + body;
        yield return body + Next();
        var places = body.StartsWith('<') ? XmlPlace() : JsonPlace();
        var middle = places.Matches(body).FirstOrDefault(place => place.Index <= body.Length / 2 && body.Length / 2 <= place.Index + place.Length);
        yield return string.Concat(
            body.AsSpan(0, body.Length / 2), middle is null ? Next() : Next(middle), body.AsSpan(body.Length / 2));
        yield return string.Concat(body.AsSpan(0, body.Length / 2), Next());
        yield return $"\"{Next()}\"";
        yield return $"[\"{Next()}\"]";
        foreach (Match place in places.Matches(body))
        {
            yield return string.Concat(body.AsSpan(0, place.Index), Next(place), body.AsSpan(place.Index + place.Length));
        }

        // All at once: an error may show only beside another.
        yield return places.Replace(body, Next);
    }

    private string Next(Match place) => Next(place.Groups["name"].Success ? 'n' : 'q');

    private string Next(char kind) => string.Create(CultureInfo.InvariantCulture, $"z{kind}{++last:000000}x");

    [GeneratedRegex("\"(?:pointer|expression)\":\\[?\"[^\"]*\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();

    [GeneratedRegex("zn[0-9]{6}x", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameSecret();

    [GeneratedRegex("z[qn][0-9]{6}x", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("(?<=\")(?:[^\"\\\\]|\\\\.)*(?=\"\\s*(?:(?<name>:)|[,}\\]]))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonPlace();

    [GeneratedRegex("(?<=\")[^\"]*(?=\")|(?<=<)[a-zA-Z]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex XmlPlace();
}
