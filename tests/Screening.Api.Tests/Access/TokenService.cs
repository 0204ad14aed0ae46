using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>A service that takes keys, access tokens and the tokens of CDS clients.</summary>
public sealed class TokenService : IAsyncDisposable
{
    public const string PublicUrl = "https://screening.example.org/api";
    public const string Issuer = "https://login.example.org/";
    public const string Audience = "https://screening.example.org";

    private static int tokens;

    private readonly string file = Path.GetTempFileName();

    public TokenService()
    {
        Write(File(
            [IssuerEntry(), IssuerEntry("lax", "https://lax.example.org", ["JWT"], Other)],
            [CdsEntry("ehr", Ehr), CdsEntry("other", OtherEhr)]));
        Service = new KeyedService { Settings = [(ServiceSettings.AccessIssuers.Name, file), (ServiceSettings.PublicUrl.Name, PublicUrl)] };
    }

    /// <summary>The keys of the authorization server: two of them have one name.</summary>
    internal static Signer[] Signers { get; } =
        [Signer.Ec("one"), Signer.Rsa("two"), Signer.Ec("twin"), Signer.Ec("twin"), Signer.Rsa("twin", "PS512")];

    /// <summary>The key of another.</summary>
    internal static Signer Other { get; } = Signer.Rsa("lax");

    /// <summary>The keys of the CDS client <c>ehr</c>.</summary>
    internal static Signer[] Ehr { get; } = [Signer.Ec("ehr"), Signer.Rsa("ehr-rsa", "RS384"), Signer.Ec("ehr")];

    /// <summary>The key of another.</summary>
    internal static Signer OtherEhr { get; } = Signer.Ec("other");

    /// <summary>The service itself.</summary>
    public KeyedService Service { get; }

    internal static Instant Now => ServiceFixture.Now;

    /// <summary>The header of an access token.</summary>
    internal static JsonObject Header(string type = "at+jwt", string algorithm = "ES384", string keyId = "one") =>
        new() { ["alg"] = algorithm, ["typ"] = type, ["kid"] = keyId };

    /// <summary>What a good access token says.</summary>
    internal static JsonObject Claims() => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["iat"] = Seconds(Now),
        ["nbf"] = Seconds(Now),
        ["exp"] = Seconds(Now) + 3600,
        ["client_id"] = "salon-9",
        ["scope"] = "openid screening.evaluate",
    };

    /// <summary>An access token.</summary>
    internal static string AccessToken(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, Signer? signer = null) =>
        Make(
            Header(keyId: (signer ?? Signers[0]).KeyId, algorithm: (signer ?? Signers[0]).Algorithm),
            Claims(), claims, header, signer ?? Signers[0]);

    /// <summary>What the token of a CDS client says at a path.</summary>
    internal static JsonObject HookClaims(string path, Instant now, string id = "ehr") => new()
    {
        ["iss"] = CdsIssuer(id),
        ["aud"] = PublicUrl + path,
        ["iat"] = Seconds(now),
        ["exp"] = Seconds(now) + 300,
        ["jti"] = $"call-{Interlocked.Increment(ref tokens)}",
    };

    /// <summary>The token of a CDS client for one call.</summary>
    internal static string HookToken(
        string path, Action<JsonObject>? claims = null, Action<JsonObject>? header = null,
        Signer? signer = null, string id = "ehr", Instant? now = null) =>
        Make(
            Header("JWT", (signer ?? Ehr[0]).Algorithm, (signer ?? Ehr[0]).KeyId),
            HookClaims(path, now ?? Now, id), claims, header, signer ?? Ehr[0]);

    internal static long Seconds(Instant instant) => instant.ToUnixTimeSeconds();

    internal static JsonObject IssuerEntry(string id = "login", string issuer = Issuer, string[]? types = null, params Signer[] signers)
    {
        var entry = new JsonObject
        {
            ["id"] = id,
            ["issuer"] = issuer,
            ["audiences"] = new JsonArray("urn:another", Audience),
            ["jwks"] = Signer.Jwks(signers.Length == 0 ? Signers : signers),
        };
        if (types is not null)
        {
            entry["types"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]);
        }

        return entry;
    }

    internal static JsonObject CdsEntry(string id, params Signer[] signers) =>
        new() { ["id"] = id, ["issuer"] = CdsIssuer(id), ["jwks"] = Signer.Jwks(signers) };

    /// <summary>An issuers file.</summary>
    internal static string File(JsonObject[] issuers, JsonObject[] clients) =>
        new JsonObject { ["issuers"] = new JsonArray([.. issuers]), ["cdsClients"] = new JsonArray([.. clients]) }.ToJsonString();

    /// <summary>Replaces the issuers file.</summary>
    internal void Write(string text) => System.IO.File.WriteAllText(file, text);

    /// <summary>The status of a request with a token, and who the log says it was.</summary>
    internal async Task<(int Status, string Client, string? Refusal)> SendAsync(
        string token, string method = "GET", string path = "/v1/protocols", string? body = null)
    {
        var before = Service.Lines().Count;
        var answer = await Service.SendAsync(
            method, path, [$"Authorization: Bearer {token}", .. body is null ? [] : (string[])["Content-Type: application/json"]], body);
        var line = (await Service.LinesAsync(before + 1))[before];
        Assert.StartsWith($"HTTP/1.1 {line["Status"]} ", answer, StringComparison.Ordinal);
        return ((int)line["Status"]!, (string)line["Client"]!, (string?)line["Refusal"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        System.IO.File.Delete(file);
    }

    private static string CdsIssuer(string id) => $"https://{id}.example.org";

    private static string Make(
        JsonObject header, JsonObject claims, Action<JsonObject>? changeClaims, Action<JsonObject>? changeHeader, Signer signer)
    {
        changeClaims?.Invoke(claims);
        changeHeader?.Invoke(header);
        return signer.Sign(header, claims);
    }
}
