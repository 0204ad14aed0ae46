using System.Buffers;
using System.Text;

namespace Screening.Api.IntakeForms;

/// <summary>One field of a form as it was sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; where it could not be decoded, as much of it as could.</param>
/// <param name="IsReadable">False when the name or the value is not percent-encoded UTF-8.</param>
internal readonly record struct SentField(string Name, string Value, bool IsReadable);

/// <summary>
/// The fields of a form in the order in which they were sent, decoded strictly: the framework's reader takes what is not UTF-8 for other
/// characters, and cannot tell a broken field from a whole one.
/// </summary>
internal sealed class SentForm
{
    /// <summary>The most fields that are read; a whole form has fewer.</summary>
    public const int MostFields = 1000;

    /// <summary>The media type of a form.</summary>
    public const string MediaType = "application/x-www-form-urlencoded";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ILookup<string, SentField> byName;

    private SentForm(IReadOnlyList<SentField> fields, bool isCut)
    {
        Fields = fields;
        IsCut = isCut;
        byName = fields.ToLookup(field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>A form of which nothing is filled in.</summary>
    public static SentForm Empty { get; } = new([], isCut: false);

    /// <summary>The fields.</summary>
    public IReadOnlyList<SentField> Fields { get; }

    /// <summary>True when there were more fields than are read.</summary>
    public bool IsCut { get; }

    /// <summary>Every name that was sent, once.</summary>
    public IEnumerable<string> Names => byName.Select(group => group.Key);

    /// <summary>Reads a body.</summary>
    public static SentForm Read(ReadOnlySpan<byte> body)
    {
        var fields = new List<SentField>();
        var isCut = false;
        if (body.Length > 0)
        {
            foreach (var part in body.Split((byte)'&'))
            {
                isCut = fields.Count == MostFields;
                if (isCut)
                {
                    break;
                }

                fields.Add(Field(body[part]));
            }
        }

        return new SentForm(fields, isCut);
    }

    /// <summary>Every field of this name.</summary>
    public IEnumerable<SentField> All(string name) => byName[name];

    /// <summary>The first value of this name without white space around it; empty when there is none.</summary>
    public string Text(string name) => byName[name].Select(field => field.Value.Trim()).FirstOrDefault(string.Empty);

    /// <summary>True when a field of this name has this value.</summary>
    public bool Has(string name, string value) => byName[name].Any(field => field.Value == value);

    /// <summary>The same without the fields of some names, and with further fields.</summary>
    public SentForm With(Func<string, bool> without, params IEnumerable<(string Name, string Value)> further) => new(
        [
            .. Fields.Where(field => !without(field.Name)),
            .. further.Select(one => new SentField(one.Name, one.Value, IsReadable: true)),
        ],
        IsCut);

    private static SentField Field(ReadOnlySpan<byte> part)
    {
        var split = part.IndexOf((byte)'=');
        var name = Decode(split < 0 ? part : part[..split], out var isName);
        var value = Decode(split < 0 ? [] : part[(split + 1)..], out var isValue);
        return new SentField(name, value, isName && isValue);
    }

    private static string Decode(ReadOnlySpan<byte> encoded, out bool isReadable)
    {
        isReadable = true;
        var bytes = new ArrayBufferWriter<byte>(encoded.Length + 1);
        for (var i = 0; i < encoded.Length; i++)
        {
            var one = encoded[i];
            if (one == '+')
            {
                one = (byte)' ';
            }
            else if (one == '%')
            {
                if (i + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]))
                {
                    one = (byte)((Digit(encoded[i + 1]) << 4) | Digit(encoded[i + 2]));
                    i += 2;
                }
                else
                {
                    isReadable = false;
                }
            }

            bytes.Write([one]);
        }

        try
        {
            return Strict.GetString(bytes.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            isReadable = false;
            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
