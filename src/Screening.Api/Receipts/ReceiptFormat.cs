using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Screening.Api.Contract;

namespace Screening.Api.Receipts;

/// <summary>
/// The form of a receipt: an SD-JWT (RFC 9901) in compact form, <c>header.payload.signature~disclosure~disclosure~</c>, with both
/// disclosures or with one of them or none.
/// </summary>
internal static class ReceiptFormat
{
    /// <summary>The version of the payload.</summary>
    public const int Version = 1;

    /// <summary>The <c>typ</c> of its header: nothing else that these keys sign has it.</summary>
    public const string Type = "screening-decision+sd-jwt";

    /// <summary>The disclosure of the request as it was understood.</summary>
    public const string Request = "request";

    /// <summary>The disclosure of what the decision found.</summary>
    public const string Findings = "findings";

    /// <summary>How many disclosures a receipt has until one is cut off.</summary>
    public const int Disclosures = 2;

    /// <summary>The member of a payload that a developer's service signs, and no other does.</summary>
    public const string Development = "development";

    /// <summary>
    /// The most characters of a receipt: a body that verifies or moves it has room for it, and for an appointment beside it. One that would
    /// be longer is not signed, since this service would not take it back.
    /// </summary>
    public const int MaxLength = VerifyDecisionRequest.MaxBytes - RoomBeside;

    private const int RoomBeside = 4096;

    /// <summary>The digest of the file of the version that decided, in a payload.</summary>
    public static string DigestIn(JsonElement payload) => payload.GetProperty("protocol").GetProperty("digest").GetString()!;

    /// <summary>
    /// What names a receipt, since ES256 signs differently each time and <c>(r, n−s)</c> is as good a signature as <c>(r, s)</c>: a leaf's
    /// hash of RFC 6962 over what is signed, in base64url.
    /// </summary>
    /// <param name="signed">The header and the payload, with the point between them.</param>
    public static string LeafOf(string signed)
    {
        var bytes = new byte[signed.Length + 1];
        Encoding.ASCII.GetBytes(signed, bytes.AsSpan(1));
        return Base64Url.EncodeToString(SHA256.HashData(bytes));
    }

    /// <summary>The digest by which a payload names a disclosure: over the text as it is sent.</summary>
    public static string DigestOf(string disclosure) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(disclosure)));
}
