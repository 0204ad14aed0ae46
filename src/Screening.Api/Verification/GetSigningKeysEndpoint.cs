using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Receipts;

namespace Screening.Api.Verification;

/// <summary>Publishes the keys that receipts are signed with.</summary>
public sealed class GetSigningKeysEndpoint(SigningKeys keys) : ApiEndpoint
{
    private static readonly HeaderDescription Tag = new("ETag", "Changes when a key or its state does.");

    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/.well-known/jwks.json");
        Describe(
            "GetSigningKeys",
            "Receipts",
            "The keys that receipts are signed with",
            "The public keys as a JSON Web Key Set (RFC 7517), for whoever checks a receipt without this service: those that sign, will sign "
                + "and have signed. What a key with `revoked` signed is not genuine, whenever it was signed. "
                + "Empty where the service signs no receipts.",
            ResponseDescription.Json<SigningKeysResponse>("The keys, with their `ETag`.") with { Headers = [Tag] },
            ETagResponse.NotModified(Tag));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var set = new SigningKeysResponse { Keys = [.. keys.All.Select(key => key.Public)] };
        using var output = new Utf8Output(1024);
        output.Json(set, ResponseJson.Of<SigningKeysResponse>());
        await ETagResponse.SendAsync(HttpContext, output.Written, ETagResponse.DigestOf(output.Written.Span), "application/json");
    }
}
