using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using NodaTime;
using Screening.Api.Settings;

namespace Screening.Api.Decisions;

/// <summary>
/// Seals what a link carries, so that nobody but this service can read or change it, and that until the link ends. The service keeps nothing, so
/// the link itself has to say what it leads to; and since addresses stand in histories and in the logs of proxies, it says it unreadably.
/// </summary>
/// <remarks>
/// AES-256-GCM with a random nonce, good for four milliards of links with one key (NIST SP 800-38D). The key is the setting <c>DecisionLinks:Key</c>, 32 bytes in Base64, which every instance of
/// the service shares; without it each process draws its own, and its links end with it. <c>DecisionLinks:Minutes</c> says how long a link lasts; with
/// 0 there are none, and those that were made before open nothing. What is sealed is filled up to a multiple of <see cref="Step"/> bytes, so that its
/// length tells of nothing but a long record or many events.
/// </remarks>
public sealed class DecisionLinkProtector
{
    /// <summary>The path of a decision's page, in front of what was sealed.</summary>
    public const string Path = "/v1/decisions/";

    /// <summary>How long a link may be: shorter by far than what servers and proxies take as an address.</summary>
    public const int Longest = 6000;

    private const string KeySetting = "DecisionLinks:Key";
    private const string MinutesSetting = "DecisionLinks:Minutes";
    private const int UsualMinutes = 60;
    private const int MostMinutes = 24 * 60;
    private const int HeadLength = 12;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    // An ordinary record and its answers fit into one, whatever they say: with smaller ones the longer addresses were mostly those of people whom
    // their record excludes. Four of them fill the longest link.
    private const int Step = 1100;

    // What a link of another form, or of another use of the same key, is sealed with is not this.
    private static readonly byte[] Purpose = "decision-link/1"u8.ToArray();

    private readonly byte[] key;
    private readonly Duration lasts;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting is not what it should be.</exception>
    public DecisionLinkProtector(IConfiguration configuration)
    {
        var stated = configuration[KeySetting];
        key = string.IsNullOrEmpty(stated) ? RandomNumberGenerator.GetBytes(KeyLength) : new byte[KeyLength];
        if (!string.IsNullOrEmpty(stated) && (!Convert.TryFromBase64String(stated, key, out var length) || length != KeyLength))
        {
            throw new SettingException(KeySetting, $"{KeyLength} random bytes in Base64.");
        }

        lasts = Duration.FromMinutes(configuration.WholeNumber(MinutesSetting, UsualMinutes, 0, MostMinutes));
    }

    /// <summary>Seals a content; null when it does not fit into a link, or when there shall be none.</summary>
    /// <param name="content">What the link carries.</param>
    /// <param name="now">The request's one reading of the clock, from which the link lasts.</param>
    public string? Close(ReadOnlySpan<byte> content, Instant now)
    {
        if (lasts == Duration.Zero)
        {
            return null;
        }

        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        _ = BrotliEncoder.TryCompress(content, packed, out var packedLength, quality: 5, window: 18);
        var plain = new byte[(HeadLength + packedLength + Step - 1) / Step * Step];
        BinaryPrimitives.WriteInt64BigEndian(plain, (now + lasts).ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(8), packedLength);
        packed.AsSpan(0, packedLength).CopyTo(plain.AsSpan(HeadLength));

        var closed = new byte[NonceLength + TagLength + plain.Length];
        if (Base64Url.GetEncodedLength(closed.Length) > Longest)
        {
            return null;
        }

        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(closed.AsSpan(0, NonceLength), plain, closed.AsSpan(NonceLength + TagLength), closed.AsSpan(NonceLength, TagLength), Purpose);
        return Base64Url.EncodeToString(closed);
    }

    /// <summary>Opens a link's content; null when it is not one that this service sealed.</summary>
    /// <param name="link">The last part of the address.</param>
    /// <param name="now">The request's one reading of the clock.</param>
    /// <param name="ended">True when the link has ended; then there is no content either.</param>
    public byte[]? Unprotect(string link, Instant now, out bool ended)
    {
        ended = false;
        if (lasts == Duration.Zero)
        {
            return null;
        }

        var closed = new byte[Longest];
        if (link.Length > Longest || Base64Url.DecodeFromChars(link, closed, out _, out var length) != OperationStatus.Done || length < NonceLength + TagLength + HeadLength)
        {
            return null;
        }

        var plain = new byte[length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(closed.AsSpan(0, NonceLength), closed.AsSpan(NonceLength + TagLength, plain.Length), closed.AsSpan(NonceLength, TagLength), plain, Purpose);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        ended = now >= Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain));
        return ended ? null : Unpacked(plain, BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(8)));
    }

    private static byte[] Unpacked(byte[] plain, int length)
    {
        using var packed = new BrotliStream(new MemoryStream(plain, HeadLength, length), CompressionMode.Decompress);
        using var content = new MemoryStream();
        packed.CopyTo(content);
        return content.ToArray();
    }
}
