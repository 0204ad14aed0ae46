using Screening.Api.Http;

namespace Screening.Api.Access;

/// <summary>
/// Why a request is not let in. The log has the code; the answer is the same for all bad credentials, so that nobody learns from it what
/// was nearly right.
/// </summary>
internal enum Refusal
{
    /// <summary>It has no credentials.</summary>
    CredentialsMissing,

    /// <summary>A header for credentials is there twice.</summary>
    HeaderRepeated,

    /// <summary>Its two headers have different credentials, or there is a client certificate beside them.</summary>
    TwoCredentials,

    /// <summary>The query has a key, or a parameter for one: addresses are kept in logs and histories.</summary>
    KeyInQuery,

    /// <summary>The scheme of <c>Authorization</c> is not Bearer, or nothing or more than one word follows it.</summary>
    SchemeUnknown,

    /// <summary>Longer than any credential.</summary>
    CredentialTooLong,

    /// <summary>Neither a key nor anything else that is known here.</summary>
    FormUnknown,

    /// <summary>It begins like a key, and its length, a character or its checksum is wrong.</summary>
    KeyMalformed,

    /// <summary>No client has this key, or has it any more.</summary>
    KeyUnknown,

    /// <summary>The key is not good yet.</summary>
    KeyNotYet,

    /// <summary>The key was good until its end.</summary>
    KeyExpired,

    /// <summary>
    /// It begins like a signed token, and is none, or none of those that are taken: encrypted, or with a rule of its own.
    /// </summary>
    TokenMalformed,

    /// <summary>Nobody trusts its issuer here.</summary>
    TokenIssuer,

    /// <summary>The token of a CDS client, and this is not a hook.</summary>
    TokenElsewhere,

    /// <summary>It is signed in a way that this issuer may not use, or not signed.</summary>
    TokenAlgorithm,

    /// <summary>The keys of its issuer could not be fetched yet.</summary>
    TokenKeysMissing,

    /// <summary>Its issuer has no such key.</summary>
    TokenKey,

    /// <summary>The key of its issuer did not sign it.</summary>
    TokenSignature,

    /// <summary>It is a token for something else: <c>typ</c>.</summary>
    TokenType,

    /// <summary>It is for another service, or another address of this one.</summary>
    TokenAudience,

    /// <summary>It was good until its end, or does not say until when.</summary>
    TokenExpired,

    /// <summary>It is not good yet, or comes from the future.</summary>
    TokenNotYet,

    /// <summary>It does not name a client.</summary>
    TokenClient,

    /// <summary>The token of a CDS client does not say when it was issued, or has no name of its own.</summary>
    TokenIncomplete,

    /// <summary>The token of a CDS client is good for longer than it may be.</summary>
    TokenLong,

    /// <summary>The token of a CDS client was used before.</summary>
    TokenUsed,

    /// <summary>Too many tokens of this CDS client were used, so no further one could be kept in mind.</summary>
    TokensFull,

    /// <summary>No client has this certificate.</summary>
    CertificateUnknown,

    /// <summary>None of the authorities stands behind the certificate, or it is not for clients.</summary>
    CertificateUntrusted,

    /// <summary>The certificate, or that of an authority behind it, is not good yet or not any more.</summary>
    CertificateExpired,

    /// <summary>The client is known, but may not do this.</summary>
    ScopeMissing,

    /// <summary>The client is known, and has no permits left for this.</summary>
    LimitReached,
}

/// <summary>What follows from a refusal.</summary>
internal static class Refusals
{
    /// <summary>The code in the log.</summary>
    public static string Code(this Refusal refusal) => refusal switch
    {
        Refusal.CredentialsMissing => "credentials-missing",
        Refusal.HeaderRepeated => "header-repeated",
        Refusal.TwoCredentials => "two-credentials",
        Refusal.KeyInQuery => "key-in-query",
        Refusal.SchemeUnknown => "scheme-unknown",
        Refusal.CredentialTooLong => "credential-too-long",
        Refusal.FormUnknown => "form-unknown",
        Refusal.KeyMalformed => "key-malformed",
        Refusal.KeyUnknown => "key-unknown",
        Refusal.KeyNotYet => "key-not-yet",
        Refusal.KeyExpired => "key-expired",
        Refusal.TokenMalformed => "token-malformed",
        Refusal.TokenIssuer => "token-issuer",
        Refusal.TokenElsewhere => "token-elsewhere",
        Refusal.TokenAlgorithm => "token-algorithm",
        Refusal.TokenKeysMissing => "token-keys-missing",
        Refusal.TokenKey => "token-key",
        Refusal.TokenSignature => "token-signature",
        Refusal.TokenType => "token-type",
        Refusal.TokenAudience => "token-audience",
        Refusal.TokenExpired => "token-expired",
        Refusal.TokenNotYet => "token-not-yet",
        Refusal.TokenClient => "token-client",
        Refusal.TokenIncomplete => "token-incomplete",
        Refusal.TokenLong => "token-long",
        Refusal.TokenUsed => "token-used",
        Refusal.TokensFull => "tokens-full",
        Refusal.CertificateUnknown => "certificate-unknown",
        Refusal.CertificateUntrusted => "certificate-untrusted",
        Refusal.CertificateExpired => "certificate-expired",
        Refusal.ScopeMissing => "scope-missing",
        Refusal.LimitReached => "limit-reached",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    /// <summary>The problem in the answer.</summary>
    public static ProblemKind Problem(this Refusal refusal) => refusal switch
    {
        Refusal.CredentialsMissing => ProblemKind.CredentialsMissing,
        Refusal.ScopeMissing => ProblemKind.NotAllowed,
        Refusal.LimitReached => ProblemKind.TooManyRequests,
        _ => ProblemKind.CredentialsInvalid,
    };
}
