using Microsoft.Extensions.Primitives;

namespace Screening.Api.Access;

/// <summary>
/// Finds the one credential of a request: the word after <c>Authorization: Bearer</c> (RFC 6750), or the value of <c>X-Api-Key</c>.
/// </summary>
internal static class Credentials
{
    /// <summary>The header for a key alone.</summary>
    public const string KeyHeader = "X-Api-Key";

    /// <summary>The scheme of <c>Authorization</c>, and of the challenge to a request that is not let in.</summary>
    public const string Scheme = "Bearer";

    /// <summary>The longest credential that is looked at.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly HashSet<string> QueryNames = new(
        ["access_token", "api-key", "api_key", "apikey", "authorization", "bearer", "client_secret", "id_token", "key", "token", KeyHeader],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the credential.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credential">The credential; empty with a refusal.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public static Refusal? Read(HttpRequest request, out string credential)
    {
        credential = string.Empty;
        if (request.QueryString.HasValue && request.Query.Any(IsKey))
        {
            return Refusal.KeyInQuery;
        }

        var (authorization, key) = (request.Headers.Authorization, request.Headers[KeyHeader]);
        if (authorization.Count == 0 && key.Count == 0)
        {
            return Refusal.CredentialsMissing;
        }

        if (authorization.Count > 1 || key.Count > 1)
        {
            return Refusal.HeaderRepeated;
        }

        var bearer = authorization.Count == 0 ? null : Bearer(authorization.ToString());
        if (authorization.Count > 0 && key.Count > 0 && bearer != key.ToString())
        {
            return Refusal.TwoCredentials;
        }

        if ((authorization.Count == 0 ? key.ToString() : bearer) is not { } found)
        {
            return Refusal.SchemeUnknown;
        }

        if (found.Length > MaxLength)
        {
            return Refusal.CredentialTooLong;
        }

        credential = found;
        return null;
    }

    /// <summary>Returns what follows the scheme; null for another scheme, or none.</summary>
    private static string? Bearer(string header) =>
        header.Length > Scheme.Length && header[Scheme.Length] == ' ' && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].TrimStart(' ')
            : null;

    private static bool IsKey(KeyValuePair<string, StringValues> parameter) =>
        QueryNames.Contains(parameter.Key) || IsCredentialIn(parameter.Key)
        || parameter.Value.Any(value => value is not null && IsCredentialIn(value));

    private static bool IsCredentialIn(string text) => ApiKey.IsIn(text) || TokenText.IsIn(text);
}
