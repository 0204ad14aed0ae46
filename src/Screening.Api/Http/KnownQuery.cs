namespace Screening.Api.Http;

/// <summary>
/// Refuses a query with a parameter that the address does not take, or takes with another value: a misspelt one must be noticed, since
/// without it the response may mean something else. Names and values are case-sensitive.
/// </summary>
internal static class KnownQuery
{
    /// <summary>Checks the query of every request to an endpoint.</summary>
    /// <param name="app">The service.</param>
    /// <param name="refuse">Sends a problem.</param>
    public static void UseKnownQuery(this WebApplication app, Func<HttpContext, ProblemKind, Task> refuse) =>
        app.Use((context, next) => IsKnown(context) ? next(context) : refuse(context, ProblemKind.InvalidParameter));

    /// <summary>A parameter that is missing although the address needs it is left to the address.</summary>
    private static bool IsKnown(HttpContext context)
    {
        // Of what is described: neither of a wrong method nor of the files of Swagger UI.
        if (!context.Request.QueryString.HasValue
            || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<ResponseDescription>() is null)
        {
            return true;
        }

        // A name in two spellings is one entry with two values.
        var parameters = QueryDetail.ParametersOf(metadata);
        return context.Request.Query.All(sent => parameters.Exists(parameter =>
            parameter.Name == sent.Key && (parameter.Accepts(sent.Value) || (parameter.IsFormat && sent.Value.Count == 1))));
    }
}
