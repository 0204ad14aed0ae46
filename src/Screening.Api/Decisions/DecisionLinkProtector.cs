using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using NodaTime;
using Screening.Api.Settings;

namespace Screening.Api.Decisions;

/// <summary>
/// Encrypts the content of a decision link, so that only this service can read it, and only until the link expires. The service stores
/// nothing, so the link carries its content; addresses end up in browser histories and proxy logs, so the content is encrypted.
/// </summary>
/// <remarks>
/// AES-256-GCM with a random nonce, safe for four billion links with one key (NIST SP 800-38D). The key is the setting
/// <c>DecisionLinks:Key</c>, 32 bytes in Base64, shared by all instances; without it each process generates its own, and its links are lost
/// with it. <c>DecisionLinks:Minutes</c> is the lifetime of a link; 0 disables links, including existing ones. The plaintext is padded to a
/// multiple of <see cref="PaddingStep"/> bytes, so that its length reveals no more than a long record or many events.
/// </remarks>
public sealed class DecisionLinkProtector
{
    /// <summary>The path of a decision's page, before the encrypted part.</summary>
    public const string Path = "/v1/decisions/";

    /// <summary>The maximum length of a link: far below the limits of servers and proxies for addresses.</summary>
    public const int MaxLength = 6000;

    private const int HeaderLength = 12;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // An ordinary record and its answers fit into one step whatever their content; with smaller steps the longer addresses were mostly
    // those of people whom their record excludes. Four steps fill the longest link.
    private const int PaddingStep = 1100;

    // The associated data: rejects ciphertexts of another format or of another use of the same key.
    private static readonly byte[] Purpose = "decision-link/2"u8.ToArray();

    private readonly byte[] key;
    private readonly Duration lifetime;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    public DecisionLinkProtector(IConfiguration configuration)
    {
        key = ServiceSettings.DecisionLinksKey.Of(configuration);
        lifetime = Duration.FromMinutes(ServiceSettings.DecisionLinksMinutes.Of(configuration));
    }

    /// <summary>Encrypts a link's content; null when it does not fit into a link or links are disabled.</summary>
    /// <param name="content">The content.</param>
    /// <param name="now">The time of the request, at which the lifetime starts.</param>
    public string? Protect(ReadOnlySpan<byte> content, Instant now)
    {
        if (lifetime == Duration.Zero)
        {
            return null;
        }

        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        _ = BrotliEncoder.TryCompress(content, compressed, out var compressedLength, quality: 5, window: 18);
        var plaintext = new byte[(HeaderLength + compressedLength + PaddingStep - 1) / PaddingStep * PaddingStep];
        BinaryPrimitives.WriteInt64BigEndian(plaintext, (now + lifetime).ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32BigEndian(plaintext.AsSpan(8), compressedLength);
        compressed.AsSpan(0, compressedLength).CopyTo(plaintext.AsSpan(HeaderLength));

        var encrypted = new byte[NonceLength + TagLength + plaintext.Length];
        if (Base64Url.GetEncodedLength(encrypted.Length) > MaxLength)
        {
            return null;
        }

        RandomNumberGenerator.Fill(encrypted.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(
            encrypted.AsSpan(0, NonceLength),
            plaintext,
            encrypted.AsSpan(NonceLength + TagLength),
            encrypted.AsSpan(NonceLength, TagLength),
            Purpose);
        return Base64Url.EncodeToString(encrypted);
    }

    /// <summary>Decrypts a link's content; null when this service did not create the link or it has expired.</summary>
    /// <param name="link">The last part of the address.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="expired">True when the link has expired; there is no content then.</param>
    public byte[]? Unprotect(string link, Instant now, out bool expired)
    {
        expired = false;
        if (lifetime == Duration.Zero)
        {
            return null;
        }

        var encrypted = new byte[MaxLength];
        if (link.Length > MaxLength
            || Base64Url.DecodeFromChars(link, encrypted, out _, out var length) != OperationStatus.Done
            || length < NonceLength + TagLength + HeaderLength)
        {
            return null;
        }

        var plaintext = new byte[length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(
                encrypted.AsSpan(0, NonceLength),
                encrypted.AsSpan(NonceLength + TagLength, plaintext.Length),
                encrypted.AsSpan(NonceLength, TagLength),
                plaintext,
                Purpose);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        expired = now >= Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plaintext));
        return expired ? null : Decompress(plaintext, BinaryPrimitives.ReadInt32BigEndian(plaintext.AsSpan(8)));
    }

    private static byte[] Decompress(byte[] plaintext, int length)
    {
        using var compressed = new BrotliStream(new MemoryStream(plaintext, HeaderLength, length), CompressionMode.Decompress);
        using var content = new MemoryStream();
        compressed.CopyTo(content);
        return content.ToArray();
    }
}
