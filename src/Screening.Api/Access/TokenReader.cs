using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using Screening.Api.Http;

namespace Screening.Api.Access;

/// <summary>
/// Reads signed tokens: access tokens of authorization servers, and what CDS clients sign for each call of a hook. The issuer that a token
/// names decides which of both it is. No address, key or certificate that a token names is looked at.
/// </summary>
internal sealed class TokenReader(IssuerDirectory issuers, PublicAddress address)
{
    /// <summary>The scope without which an access token lets nobody in.</summary>
    public const string Scope = "screening.evaluate";

    /// <summary>By how much the clocks of an issuer and of the service may differ.</summary>
    public static readonly Duration Skew = Duration.FromSeconds(30);

    /// <summary>How long the token of a CDS client may be good.</summary>
    public static readonly Duration CdsLifetime = Duration.FromMinutes(5);

    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Finds whose token it is.</summary>
    public async ValueTask<Admission> FindAsync(string text, HttpContext context, Instant now)
    {
        if (TokenText.Read(text) is not { } token)
        {
            return Admission.Of(Refusal.TokenMalformed);
        }

        if (issuers.Find(token.Issuer) is not { } issuer)
        {
            return Admission.Of(Refusal.TokenIssuer);
        }

        if (issuer is CdsClient && context.GetEndpoint()?.Metadata.GetMetadata<OpenToCdsClients>() is null)
        {
            return Admission.Of(Refusal.TokenElsewhere);
        }

        IReadOnlyList<string> audiences = issuer is AuthorizationServer server ? server.Audiences
            : [address.Configured + context.Request.Path.ToUriComponent()];
        if (await VerifyAsync(text, token, issuer, audiences, now, context.RequestAborted) is { } refusal)
        {
            return Admission.Of(refusal);
        }

        try
        {
            return issuer is CdsClient client ? Of(client, token, now) : Of(issuer.Id, token);
        }
        catch (FormatException)
        {
            return Admission.Of(Refusal.TokenMalformed);
        }
    }

    /// <summary>Verifies the signature, and for whom, for what and for when the token is.</summary>
    private static async ValueTask<Refusal?> VerifyAsync(
        string text, TokenText token, TrustedIssuer issuer, IReadOnlyList<string> audiences, Instant now, CancellationToken cancellation)
    {
        if (!issuer.Algorithms.Contains(token.Algorithm))
        {
            return Refusal.TokenAlgorithm;
        }

        if (await issuer.Keys.GetAsync(cancellation) is not { } all)
        {
            return Refusal.TokenKeysMissing;
        }

        List<SecurityKey> keys = [.. all.Where(key => key.Fits(token)).Select(key => key.Key)];
        if (keys.Count == 0)
        {
            issuer.Keys.Miss();
            return Refusal.TokenKey;
        }

        var time = CheckTime(token, now);
        var result = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = issuer.Algorithms,
            TypeValidator = (type, _, _) => issuer.CheckType(type),
            ValidIssuer = issuer.Issuer,
            ValidAudiences = audiences,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // Every one of them: two keys may have one name.
            IssuerSigningKeyResolver = (_, _, _, _) => keys,
            // By the request's clock.
            LifetimeValidator = (_, _, _, _) => time is null,
        });
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidTypeException => Refusal.TokenType,
            SecurityTokenInvalidAudienceException => Refusal.TokenAudience,
            SecurityTokenInvalidLifetimeException => time,
            SecurityTokenInvalidSignatureException => Refusal.TokenSignature,
            _ => Refusal.TokenMalformed,
        };
    }

    private static Refusal? CheckTime(TokenText token, Instant now) =>
        now - Skew >= (token.Expires ?? Instant.MinValue) ? Refusal.TokenExpired
        : now + Skew < token.NotBefore || now + Skew < token.IssuedAt ? Refusal.TokenNotYet
        : null;

    /// <summary>The client that an access token names.</summary>
    private static Admission Of(string issuer, TokenText token)
    {
        if ((token.Text("client_id") ?? token.Text("azp") ?? token.Text("sub")) is not { Length: <= 200 } name
            || name.Any(letter => letter is <= ' ' or > '~'))
        {
            return Admission.Of(Refusal.TokenClient);
        }

        var scopes = (token.Words("scope") ?? throw new FormatException()).Concat(token.Words("scp") ?? throw new FormatException());
        return scopes.Contains(Scope) ? Admission.Of(new Client($"{issuer}/{name}", CredentialKind.Token))
            : Admission.Of(Refusal.ScopeMissing);
    }

    /// <summary>The CDS client that signed a token, for one call.</summary>
    private Admission Of(CdsClient client, TokenText token, Instant now)
    {
        if (token.Expires is not { } expires || token.IssuedAt is not { } issued || token.Text("jti") is not { } id)
        {
            return Admission.Of(Refusal.TokenIncomplete);
        }

        var refusal = expires - issued > CdsLifetime || expires - Skew - CdsLifetime > now ? Refusal.TokenLong
            : issuers.UsedOf(client).Take(id, expires + Skew, now);
        return refusal is { } why ? Admission.Of(why) : Admission.Of(new Client(client.Id, CredentialKind.CdsClient));
    }
}
