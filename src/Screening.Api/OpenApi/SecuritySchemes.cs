using Microsoft.OpenApi;
using Screening.Api.Access;
using Screening.Api.Http;

namespace Screening.Api.OpenApi;

/// <summary>How clients say who they are, and which operations need it.</summary>
internal static class SecuritySchemes
{
    private const string KeyScheme = "apiKey";
    private const string BearerScheme = "bearer";
    private const string CdsClientScheme = "cdsClient";

    /// <summary>
    /// The schemes; each alone is enough. Client certificates are told in the document's text: generators fail on <c>mutualTLS</c>
    /// (NSwag 14).
    /// </summary>
    public static IReadOnlyDictionary<string, IOpenApiSecurityScheme> All { get; } = new Dictionary<string, IOpenApiSecurityScheme>(
        StringComparer.Ordinal)
    {
        [KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = Credentials.KeyHeader,
            Description = "The key that the service's operator gave you. Never in the address.",
        },
        [BearerScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The same key in `Authorization`, or an access token (JWT) of an issuer that the operator trusts, "
                + $"with the scope `{TokenReader.Scope}`. "
                + "Two different credentials in one request are refused.",
        },
        [CdsClientScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The token that a CDS client whom the operator trusts signs for one call: CDS Hooks 2.0.1, ES384 or RS384, good "
                + "for five minutes at most, and checked as RFC8725 asks. "
                + "Its `aud` is the address that is called.",
        },
    };

    /// <summary>What an operation needs: one of the schemes, or nothing where it is open to all.</summary>
    public static IList<OpenApiSecurityRequirement> Of(IEnumerable<object> metadata, Microsoft.OpenApi.OpenApiDocument document) =>
        metadata.OfType<OpenToAll>().Any() ? []
        : [.. All.Keys.Where(name => name != CdsClientScheme || metadata.OfType<OpenToCdsClients>().Any())
            .Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] })];
}
