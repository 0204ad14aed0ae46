using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Benchmarks.Peers;

// The vocabulary of the typed record. An answer that was not given is 0; a code's wire name is its member's name in kebab-case.

[JsonConverter(typeof(CodeConverter<YesNo>))]
public enum YesNo : byte { Absent, Yes, No, Unknown }

[JsonConverter(typeof(CodeConverter<SkinCancer>))]
public enum SkinCancer : byte { Absent, None, Current, Suspected, Past, Precancer, Unknown }

[JsonConverter(typeof(CodeConverter<AnticoagulantUse>))]
public enum AnticoagulantUse : byte { Absent, None, Occasional, Daily, Antiplatelet, Unknown }

[JsonConverter(typeof(CodeConverter<ElectronicImplant>))]
public enum ElectronicImplant : byte { Absent, Pacemaker, Defibrillator, Lvad, InsulinPump, GlucoseMonitor, Neurostimulator, CochlearImplant, LoopRecorder, Other, Unknown }

/// <summary>The treated areas, and the further places of a metal plate.</summary>
[JsonConverter(typeof(CodeConverter<Place>))]
public enum Place : byte { Absent, Face, Neck, Chest, Hands, Elsewhere, Unknown }

[JsonConverter(typeof(CodeConverter<SkinCondition>))]
public enum SkinCondition : byte { Absent, KeloidScarring, AbnormalWoundHealing, Psoriasis, Eczema, Rash, Sores, OpenWound, SevereActiveAcne, OralHerpesOutbreak, Infection, Unknown }

[JsonConverter(typeof(CodeConverter<RetinoidUse>))]
public enum RetinoidUse : byte { Absent, Never, Current, Stopped, Unknown }

[JsonConverter(typeof(CodeConverter<IsotretinoinUse>))]
public enum IsotretinoinUse : byte { Absent, Never, Current, Past, Unknown }

[JsonConverter(typeof(CodeConverter<Product>))]
public enum Product : byte { Absent, Filler, BotulinumToxin }

[JsonConverter(typeof(CodeConverter<Status>))]
public enum Status : byte { Absent, Ineligible, Incomplete, Review, Deferred, Conditional, Eligible }

[JsonConverter(typeof(CodeConverter<RuleOutcome>))]
public enum RuleOutcome : byte { Absent, Undetermined, Triggered, Clear }

[JsonConverter(typeof(CodeConverter<RuleEffect>))]
public enum RuleEffect : byte { Absent, Exclude, Review, Defer, Require }

[JsonConverter(typeof(CodeConverter<WaitStatus>))]
public enum WaitStatus : byte { Absent, Pending, Satisfied }

/// <summary>Reads and writes a code by its exact bytes: faster than the framework's converter for enums, and as strict as the service.</summary>
public sealed class CodeConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly byte[][] Names = [.. Enum.GetNames<T>().Select(name => Encoding.UTF8.GetBytes(JsonNamingPolicy.KebabCaseLower.ConvertName(name)))];
    private static readonly JsonEncodedText[] Texts = [.. Names.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>A code in quotes.</summary>
    public static JsonEncodedText Text(T value) => Texts[Unsafe.BitCast<T, byte>(value)];

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        ReadOnlySpan<byte> said = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        for (var i = 1; i < Names.Length; i++)
        {
            if (said.SequenceEqual(Names[i]))
            {
                return Unsafe.BitCast<byte, T>((byte)i);
            }
        }

        throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
