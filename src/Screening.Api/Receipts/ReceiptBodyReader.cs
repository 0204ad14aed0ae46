using System.Text.Json;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>A body about a receipt.</summary>
/// <param name="Receipt">The receipt; null, with the error reported, without one.</param>
/// <param name="Beside">The bytes of the object beside it; null without one.</param>
internal sealed record ReceiptBody(string? Receipt, byte[]? Beside);

/// <summary>
/// Reads a body that has a receipt and an object beside it strictly; the object's members are read by whoever knows the receipt.
/// </summary>
/// <param name="beside">The name of the object.</param>
/// <param name="accepted">What it may be.</param>
/// <param name="isRequired">Whether it must be there.</param>
internal sealed class ReceiptBodyReader(string beside, LocalizedText accepted, bool isRequired = false)
{
    /// <summary>Where the receipt is.</summary>
    public const string ReceiptPlace = "/receipt";

    private const string Receipt = "receipt";

    private static readonly LocalizedText AcceptedReceipt = Words.Text("accepted.receipt");

    private readonly KnownMembers members = new(required: isRequired ? 2 : 1, (Receipt, AcceptedReceipt), (beside, accepted));

    /// <summary>Where the object is.</summary>
    public string BesidePlace { get; } = Pointer.To(string.Empty, beside);

    /// <summary>Reads the body, and reports its errors; null when it is not JSON.</summary>
    public ReceiptBody? Read(ReadOnlySpan<byte> body, InputErrors errors)
    {
        try
        {
            if (JsonText.IsUnicode(body))
            {
                return ReadJson(body, errors);
            }
        }
        catch (JsonException)
        {
            // The tokenizer's message would reveal bytes of the body.
        }

        errors.Clear();
        JsonFault.Report(body, JsonText.Options.MaxDepth, string.Empty, errors);
        return null;
    }

    private ReceiptBody ReadJson(ReadOnlySpan<byte> body, InputErrors errors)
    {
        string? receipt = null;
        byte[]? other = null;
        var reader = new Utf8JsonReader(body, JsonText.Options);
        reader.Read();
        if (JsonText.IsObject(ref reader, string.Empty, members.Accepted, errors))
        {
            var seen = 0;
            while (members.Next(ref reader, string.Empty, ref seen, errors) is { } member)
            {
                if (member == Receipt)
                {
                    receipt = JsonText.Read(ref reader, ReceiptPlace, AcceptedReceipt, errors);
                    continue;
                }

                var start = (int)reader.TokenStartIndex;
                if (JsonText.IsObject(ref reader, BesidePlace, accepted, errors))
                {
                    reader.Skip();
                    other = body[start..(int)reader.BytesConsumed].ToArray();
                }
            }
        }

        // Throws if anything follows the value.
        reader.Read();
        return new ReceiptBody(receipt, other);
    }
}
