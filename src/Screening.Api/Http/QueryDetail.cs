using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>
/// The detail of a problem with the query: the parameters that the address takes, with their values, as the OpenAPI document describes
/// them. A parameter that it does not take is not named.
/// </summary>
internal static class QueryDetail
{
    /// <summary>The detail; null for a problem of another kind.</summary>
    public static LocalizedText? Of(HttpContext context, ProblemKind kind)
    {
        if (kind != ProblemKind.InvalidParameter)
        {
            return null;
        }

        var parameters = context.GetEndpoint()?.Metadata is { } metadata ? ParametersOf(metadata) : [];
        var accepted = parameters.Count == 0
            ? Words.Text("accepted.noParameters")
            : Words.Text("accepted.parameters").With("parameters", Joined([.. parameters.Select(Named)]));
        return parameters.Find(one => IsWrong(one, context.Request.Query)) is { } wrong
            ? LocalizedText.Joined(Words.Text("accepted.wrongParameter").With("name", $"`{wrong.Name}`"), accepted)
            : accepted;
    }

    /// <summary>The query parameters that an endpoint takes.</summary>
    public static List<ParameterDescription> ParametersOf(EndpointMetadataCollection metadata) =>
        [.. metadata.GetOrderedMetadata<ParameterDescription>().Where(one => !one.InHeader)];

    /// <summary>True for a parameter that is missing, or there twice or with another value; no value is passed on.</summary>
    private static bool IsWrong(ParameterDescription parameter, IQueryCollection query) =>
        query.TryGetValue(parameter.Name, out var values) is var isThere && !isThere ? parameter.IsRequired : !parameter.Accepts(values);

    private static LocalizedText Named(ParameterDescription parameter) => parameter.Values is { } values
        ? Accepted.Naming("accepted.parameter", "values", values).With("name", $"`{parameter.Name}`")
        : LocalizedText.Same($"`{parameter.Name}`");

    private static LocalizedText Joined(IReadOnlyList<LocalizedText> texts) => texts.Skip(1).Aggregate(texts[0], (all, one) => LocalizedText.Joined(all, one, "; "));
}
