using NodaTime;
using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.Protocols;

/// <summary>Lists the protocols.</summary>
public sealed class ListProtocolsEndpoint(LoadedProtocols protocols) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/v1/protocols");
        Describe(
            "ListProtocols",
            "Protocols",
            "Which treatments can be screened?",
            "Every protocol with its versions and the one that is in force today.",
            ProtocolResponses.List,
            ProtocolResponses.NotModified);
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var today = DateTimeZone.Utc.DateAt(RequestTime.Of(HttpContext));
        var list = new ProtocolListResponse { Protocols = [.. protocols.Catalog.Families.Select(family => ProtocolSummary.Of(family, today, HttpContext.Request.PathBase))] };
        using var output = new Utf8Output(1024);
        output.Json(list, ResponseJson.Of<ProtocolListResponse>());
        await ETagResponse.SendAsync(HttpContext, output.Written, ETagResponse.DigestOf(output.Written.Span), "application/json");
    }
}

/// <summary>Returns the version of a protocol that is in force today.</summary>
public sealed class GetProtocolEndpoint(LoadedProtocols protocols) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/v1/protocols/{id}");
        Describe(
            "GetProtocol",
            "Protocols",
            "The exclusion list that is in force today",
            "The protocol's file, byte for byte: questions, rules with their sources, worked examples. `Content-Location` names the version. Today is the date in UTC; a screening takes its own as-of date. "
                + "For people, in a browser: its rules and questions as a page.",
            ProtocolResponses.Found,
            ProtocolResponses.Page,
            ProtocolResponses.NotModified,
            ProtocolResponses.NotFound);
        Summary(summary => summary.Params["id"] = "The protocol, such as `sublative-rf`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var today = DateTimeZone.Utc.DateAt(RequestTime.Of(HttpContext));
        var protocol = protocols.Catalog.Find(Route<string>("id")!)?.InForce(today);
        await ProtocolResponses.SendAsync(HttpContext, protocol, protocols.Catalog.IdsInForce(today));
    }
}

/// <summary>Returns one version of a protocol.</summary>
public sealed class GetProtocolVersionEndpoint(LoadedProtocols protocols) : ApiEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/v1/protocols/{id}/versions/{version}");
        Describe(
            "GetProtocolVersion",
            "Protocols",
            "The exclusion list of one version",
            "The protocol's file, byte for byte: its SHA-256 is the digest that decisions name. A released version never changes. "
                + "For people, in a browser: its rules and questions as a page.",
            ProtocolResponses.Found,
            ProtocolResponses.Page,
            ProtocolResponses.NotModified,
            ProtocolResponses.NotFound);
        Summary(summary =>
        {
            summary.Params["id"] = "The protocol, such as `sublative-rf`.";
            summary.Params["version"] = "The version, such as `1.0.0`.";
        });
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var version = Route<string>("version");
        var family = protocols.Catalog.Find(Route<string>("id")!);
        var protocol = family?.Versions.FirstOrDefault(p => p.Document.Version == version);
        await ProtocolResponses.SendAsync(
            HttpContext,
            protocol,
            family?.Versions.Select(one => one.Document.Version) ?? protocols.Catalog.Families.Select(one => one.Id));
    }
}

/// <summary>Responses shared by the protocol routes: documents with entity tags.</summary>
internal static class ProtocolResponses
{
    private static readonly HeaderDescription Tag = new("ETag", "Changes when the document does.");
    private static readonly HeaderDescription Location = new("Content-Location", "The address of this very version.");

    public static ResponseDescription List { get; } = ResponseDescription.Json<ProtocolListResponse>("The list, with its `ETag`.") with { Headers = [Tag] };

    public static ResponseDescription Found { get; } = ResponseDescription.Json<ProtocolDocument>("The protocol's file, with its digest as the `ETag`.") with { Headers = [Tag, Location] };

    public static ResponseDescription NotModified { get; } = ETagResponse.NotModified(Tag);

    public static ResponseDescription NotFound { get; } = ResponseDescription.Problem(ProblemKind.NotFound, "The protocol or the version is unknown.");

    public static ResponseDescription Page { get; } =
        new(
            StatusCodes.Status200OK,
            typeof(string),
            PageFrame.MediaType,
            "Where `Accept` prefers `text/html`, as a browser's does: its rules with their sources and its questions, to read or print.");

    private static async Task SendPageAsync(HttpContext context, Protocol protocol)
    {
        var language = Languages.Of(context.Request);
        context.Response.Headers.ContentLanguage = language.Tag;
        var page = ExclusionListPage.Write(protocol, language);
        await ETagResponse.SendAsync(context, page, ETagResponse.DigestOf(page), PageFrame.SetSecurityHeaders(context.Response));
    }

    /// <summary>Sends a version's file, to a browser its page, or 404 with the names that the address accepts.</summary>
    public static async Task SendAsync(HttpContext context, Protocol? protocol, IEnumerable<string> names)
    {
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (protocol is null)
        {
            await ProblemWriter.WriteAsync(context, ProblemKind.NotFound.Naming([.. names]));
            return;
        }

        RequestLog.SetProtocol(context, protocol);
        context.Response.Headers.ContentLocation = context.Request.PathBase.Add($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}").ToUriComponent();
        await (ResponseFormat.PrefersPage(context.Request, "application/json")
            ? SendPageAsync(context, protocol)
            : ETagResponse.SendAsync(context, protocol.File, protocol.Digest, "application/json"));
    }
}
