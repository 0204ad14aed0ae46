using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace Screening.Api.Access;

/// <summary>
/// The key of a client: <c>scr_</c>, 32 random bytes in base64url (43 characters), <c>_</c>, and a checksum of 6 characters. The beginning
/// lets scanners find a key that was published by mistake; the checksum tells a mistyped key without looking it up, and is no secret.
/// </summary>
/// <param name="Text">The key, for the client alone: it is kept nowhere.</param>
/// <param name="Entry">What the clients file has of it.</param>
internal sealed partial record ApiKey(string Text, KeyEntry Entry)
{
    /// <summary>How many random bytes a key has.</summary>
    public const int RandomBytes = 32;

    /// <summary>What a key begins with.</summary>
    public const string Prefix = "scr_";

    private const int EncodedLength = 43;
    private const int ChecksumLength = 6;
    private const int ChecksumStart = BodyLength + 1;
    private const int BodyLength = 4 + EncodedLength;

    /// <summary>The length of every key.</summary>
    public const int Length = ChecksumStart + ChecksumLength;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes the key of random bytes.</summary>
    /// <param name="random">32 bytes of a cryptographic generator.</param>
    /// <param name="notBefore">From when on it is good; null for at once.</param>
    /// <param name="expires">From when on it is not good any more; null for never.</param>
    public static ApiKey New(ReadOnlySpan<byte> random, Instant? notBefore = null, Instant? expires = null)
    {
        if (random.Length != RandomBytes)
        {
            throw new ArgumentException("A key is made of 32 bytes.", nameof(random));
        }

        var body = Prefix + Base64Url.EncodeToString(random);
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(body, checksum);
        var text = $"{body}_{checksum}";
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(text, digest);
        return new ApiKey(text, new KeyEntry { Sha256 = Convert.ToHexStringLower(digest), NotBefore = notBefore, Expires = expires });
    }

    /// <summary>True for a text that has the form of a key, whoever's it is.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => HasForm(text) && HasChecksum(text);

    /// <summary>True for a text of the length and the characters of a key, whatever its checksum.</summary>
    public static bool HasForm(ReadOnlySpan<char> text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[BodyLength] == '_'
        && !text.ContainsAnyExcept(Letters);

    private static bool HasChecksum(ReadOnlySpan<char> text)
    {
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(text[..BodyLength], checksum);
        return text[ChecksumStart..].SequenceEqual(checksum);
    }

    /// <summary>True when a key, or most of one, stands anywhere in a text.</summary>
    public static bool IsIn(string text) => Anywhere().IsMatch(text);

    /// <summary>Writes the SHA-256 of a key of <see cref="Length"/>: that of its characters, as <c>sha256sum</c> makes it.</summary>
    public static void WriteDigest(ReadOnlySpan<char> key, Span<byte> digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(key, bytes);
        SHA256.HashData(bytes, digest);
    }

    /// <summary>Never prints the key.</summary>
    public override string ToString() => nameof(ApiKey);

    /// <summary>Writes the first 36 bits of a digest.</summary>
    private static void WriteChecksum(ReadOnlySpan<char> body, Span<char> checksum)
    {
        Span<byte> bytes = stackalloc byte[BodyLength];
        Encoding.ASCII.GetBytes(body, bytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        Span<char> encoded = stackalloc char[8];
        Base64Url.EncodeToChars(digest[..6], encoded);
        encoded[..ChecksumLength].CopyTo(checksum);
    }

    [GeneratedRegex("scr_[A-Za-z0-9_-]{32}", RegexOptions.NonBacktracking)]
    private static partial Regex Anywhere();
}
