using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

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
