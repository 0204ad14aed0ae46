using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>The detail of a problem with a request as a whole, with the addresses of this service as clients reach them.</summary>
internal static class ProblemDetail
{
    /// <summary>What would be accepted, or the remedy of the problem.</summary>
    public static LocalizedText Of(HttpContext context, ProblemKind kind)
    {
        var detail = QueryDetail.Of(context, kind)
            ?? context.RequestServices.GetRequiredService<KnownAddresses>().DetailOf(context.Request.Path, kind)
            ?? kind.Explanation.Remedy;
        return In(context.Request.PathBase, detail);
    }

    /// <summary>A text whose addresses carry what all addresses of this service begin with.</summary>
    public static LocalizedText In(PathString prefix, LocalizedText text) => text.Changed(one => In(prefix, one));

    /// <inheritdoc cref="In(PathString, LocalizedText)"/>
    /// <remarks>In a text of ours a space or a backtick and a slash begin an address, and nothing else.</remarks>
    public static string In(PathString prefix, string text) => !prefix.HasValue ? text : text
        .Replace(" /", $" {prefix.ToUriComponent()}/", StringComparison.Ordinal)
        .Replace("`/", $"`{prefix.ToUriComponent()}/", StringComparison.Ordinal);
}
