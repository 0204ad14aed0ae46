using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>The status of a decision and the level of each finding, worst first.</summary>
/// <remarks>The default value is the worst, so that an unset value never allows a treatment.</remarks>
[JsonConverter(typeof(ExactEnumConverter<Eligibility>))]
public enum Eligibility : byte
{
    /// <summary>An exclusion is triggered; no further answer can change it.</summary>
    Ineligible,

    /// <summary>A needed answer is absent.</summary>
    Incomplete,

    /// <summary>A clinician must decide.</summary>
    Review,

    /// <summary>The requested date is in a blocked interval.</summary>
    Deferred,

    /// <summary>Allowed, with requirements that must still be met.</summary>
    Conditional,

    /// <summary>Allowed.</summary>
    Eligible,
}

/// <summary>The result of a rule.</summary>
/// <remarks>The default value is undetermined.</remarks>
[JsonConverter(typeof(ExactEnumConverter<Outcome>))]
public enum Outcome : byte
{
    /// <summary>Its answer is absent or <c>unknown</c>.</summary>
    Undetermined,

    /// <summary>It applies.</summary>
    Triggered,

    /// <summary>It applied or was undetermined, and a named clinician cleared it.</summary>
    Cleared,

    /// <summary>It does not apply.</summary>
    Clear,
}

/// <summary>What a rule does when it is triggered, worst first.</summary>
[JsonConverter(typeof(ExactEnumConverter<Effect>))]
public enum Effect : byte
{
    /// <summary>No treatment.</summary>
    Exclude,

    /// <summary>A clinician decides.</summary>
    Review,

    /// <summary>Not on this date.</summary>
    Defer,

    /// <summary>On this date, under a requirement.</summary>
    Require,
}

/// <summary>How long a finding lasts.</summary>
[JsonConverter(typeof(ExactEnumConverter<Persistence>))]
public enum Persistence
{
    /// <summary>Without a known end.</summary>
    Indefinite,

    /// <summary>Until the condition has passed.</summary>
    UntilResolved,

    /// <summary>Until a computed date.</summary>
    UntilDate,
}

/// <summary>Codes with the same meaning in every protocol.</summary>
public static class ReservedCode
{
    /// <summary>The patient cannot say.</summary>
    public const string Unknown = "unknown";
}

/// <summary>The wire name of each value of the closed vocabularies: the member's name in kebab-case.</summary>
public static class WireName
{
    /// <summary>The name as spelled in requests and responses.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All[Array.IndexOf(Names<T>.Values, value)];

    /// <summary>The value of a name in its exact spelling.</summary>
    internal static bool TryParse<T>(string name, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf(Names<T>.All, name);
        value = index < 0 ? default : Names<T>.Values[index];
        return index >= 0;
    }

    /// <summary>
    /// Arrays: for a handful of values a scan is faster than a lookup, and no table has to be compiled for each vocabulary at start.
    /// </summary>
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] All = Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.KebabCaseLower.ConvertName);
    }
}

/// <summary>
/// Reads and writes a vocabulary by its exact wire names; the framework's converter also accepts other casing, lists and numbers.
/// </summary>
public sealed class ExactEnumConverter<T> : JsonConverter<T>, IDescribesAcceptedValues
    where T : struct, Enum
{
    string IDescribesAcceptedValues.Takes => "one of: " + string.Join(", ", Enum.GetValues<T>().Select(WireName.Of));

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && WireName.TryParse<T>(reader.GetString()!, out var value)
            ? value
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireName.Of(value));
}
