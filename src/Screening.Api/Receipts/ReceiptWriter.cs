using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.TimeZones;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>What a receipt says beside the decision itself.</summary>
/// <param name="Issuer">The service's address.</param>
/// <param name="Id">The decision's id.</param>
/// <param name="Now">When it was decided.</param>
/// <param name="Door">Through which address it was asked for.</param>
internal sealed record ReceiptOccasion(string Issuer, Guid Id, Instant Now, string Door);

/// <summary>Writes and signs the receipt of a decision.</summary>
internal static class ReceiptWriter
{
    private const int SaltBytes = 16;

    /// <summary>Signs the receipt.</summary>
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static string Write(SigningKey key, ReceiptOccasion occasion, ScreeningRequest request, Decision decision)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        var asked = Disclosure(output, ReceiptFormat.Request, () => RequestWriter.Write(output, request));
        var found = Disclosure(output, ReceiptFormat.Findings, () => FindingsWriter.Write(output, request, decision));

        // In the order of the digests, which tells nothing of which is which.
        string[] digests = [ReceiptFormat.DigestOf(asked), ReceiptFormat.DigestOf(found)];
        Array.Sort(digests, StringComparer.Ordinal);
        output.Clear();
        WritePayload(output, key, occasion, request, decision);
        output.Raw(",\"_sd_alg\":\"sha-256\",\"_sd\":["u8);
        output.Text(digests[0]);
        output.Raw(","u8);
        output.Text(digests[1]);
        output.Raw("]}"u8);

        var header = Encoding.ASCII.GetBytes(
            $$"""{"alg":"{{key.Public.Alg}}","kid":"{{key.Public.Kid}}","typ":"{{ReceiptFormat.Type}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(output.Written.Span)}";
        var signature = Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
        return $"{signed}.{signature}~{asked}~{found}~";
    }

    /// <summary>Whoever has the signature alone learns this much, and no more: it lists what may be here, not what may not.</summary>
    private static void WritePayload(
        Utf8Output output, SigningKey key, ReceiptOccasion occasion, ScreeningRequest request, Decision decision)
    {
        output.Raw("{\"v\":"u8);
        output.Number(ReceiptFormat.Version);
        if (key.State == KeyState.Development)
        {
            output.Raw(",\"development\":true"u8);
        }

        output.Raw(",\"iss\":"u8);
        output.Text(occasion.Issuer);
        output.Raw(",\"jti\":"u8);
        output.Id(occasion.Id);
        output.Raw(",\"iat\":"u8);
        output.Number(occasion.Now.ToUnixTimeSeconds());
        output.Raw(",\"decidedAt\":"u8);
        output.Time(occasion.Now);
        output.Raw(",\"door\":"u8);
        output.Text(occasion.Door);
        output.Raw(",\"build\":"u8);
        output.Text(ServiceVersion.Text);
        output.Raw(",\"tzdb\":"u8);
        output.Text(TzdbDateTimeZoneSource.Default.TzdbVersion);
        output.Raw(DecisionJsonFragments.Of(decision.Intake.Protocol, Language.English).ProtocolMember);
        output.Raw(","u8);
        FindingsWriter.WriteStatus(output, request, decision);
    }

    /// <summary>A salt of 128 random bits, the name and the value: nobody finds the value by trying.</summary>
    private static string Disclosure(Utf8Output output, string name, Action writeValue)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomNumberGenerator.Fill(salt);
        output.Clear();
        output.Raw("["u8);
        output.Text(Base64Url.EncodeToString(salt));
        output.Raw(","u8);
        output.Text(name);
        output.Raw(","u8);
        writeValue();
        output.Raw("]"u8);
        return Base64Url.EncodeToString(output.Written.Span);
    }
}
