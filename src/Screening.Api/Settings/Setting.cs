using System.Globalization;
using System.Security.Cryptography;

namespace Screening.Api.Settings;

/// <summary>
/// One setting. The check of names, the messages about a value and the table in src/Operations.md are made of this declaration, and
/// nothing else reads the configuration.
/// </summary>
/// <param name="name">Its name in the configuration, such as <c>Clinic:TimeZone</c>.</param>
/// <param name="accepted">The allowed values, as what it "must be".</param>
internal abstract class Setting(string name, string accepted)
{
    /// <summary>Its name in the configuration.</summary>
    public string Name { get; } = name;

    /// <summary>The allowed values, as what it "must be".</summary>
    public string Accepted { get; } = accepted;

    /// <summary>What holds without it, for people; empty when nothing does.</summary>
    public string Default { get; init; } = string.Empty;

    /// <summary>What it is for: one sentence, as Markdown.</summary>
    public required string Meaning { get; init; }

    /// <summary>The name that an operator gives a value.</summary>
    public virtual string Written => Name;

    /// <summary>The same as an environment variable.</summary>
    public virtual string Variable => Written.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>All environment variables by which it may be set, of a list those of its first entry.</summary>
    public virtual IEnumerable<string> Variables => [Variable];

    /// <summary>How its value is written, for people.</summary>
    public virtual string Form => Accepted;

    /// <summary>True for each name in the configuration that belongs to it, whatever its case.</summary>
    public virtual bool Has(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value is none of those allowed.</summary>
    public SettingException Invalid() => new(Name, Accepted + ".");

    /// <summary>The value as it is written; null when not set.</summary>
    protected string? Text(IConfiguration configuration) => Read(configuration, Name);

#pragma warning disable RS0030 // The only reads of the configuration by name.
    /// <summary>Reads a name.</summary>
    protected static string? Read(IConfiguration configuration, string name) => configuration[name];

    /// <summary>Everything below the setting's name.</summary>
    protected IConfigurationSection Below(IConfiguration configuration) => configuration.GetSection(Name);
#pragma warning restore RS0030
}

/// <summary>A text; an empty one is as none.</summary>
internal class TextSetting(string name, string accepted) : Setting(name, accepted)
{
    /// <summary>Reads it; null when not set.</summary>
    public string? Of(IConfiguration configuration) => Text(configuration) is { Length: > 0 } text ? text : null;

    /// <summary>Reads it; null when not set.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="parse">Makes a value of the text; null when it is none.</param>
    /// <exception cref="SettingException">The text is no value.</exception>
    public T? Of<T>(IConfiguration configuration, Func<string, T?> parse)
        where T : class => Of(configuration) is { } text ? parse(text) ?? throw Invalid() : null;
}

/// <summary>A text that the server reads too; it has a prefix of its own as an environment variable.</summary>
internal sealed class ServerSetting(string name, string accepted) : TextSetting(name, accepted)
{
    /// <inheritdoc/>
    public override string Variable => "ASPNETCORE_" + Name.ToUpperInvariant();
}

/// <summary>A variable of OpenTelemetry's, which its library reads too, by the same name in every place.</summary>
internal sealed class OtelSetting(string name, string accepted) : TextSetting(name, accepted)
{
    /// <summary>What an address must be.</summary>
    public const string Address = "an address such as http://collector:4317";

    /// <summary>What an exporter must be.</summary>
    public const string Exporter = "otlp or none";
}

/// <summary>The server's endpoints, each below a name of the operator's choice, with all that the server reads of them.</summary>
internal sealed class EndpointsSetting(string name, string accepted) : Setting(name, accepted)
{
    /// <inheritdoc/>
    public override string Written => Name + ":NAME:Url";

    /// <inheritdoc/>
    public override bool Has(string name) => KestrelNames.Has(name);

    /// <summary>Reads their addresses.</summary>
    public IEnumerable<string> Of(IConfiguration configuration) =>
        Below(configuration).GetChildren().Select(endpoint => Read(endpoint, "Url") ?? string.Empty);
}

/// <summary>A whole number in a range.</summary>
internal sealed class WholeNumberSetting(string name, int min, int max, int otherwise)
    : Setting(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"))
{
    /// <summary>Reads it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="instead">What holds here when it is not set, if not what mostly does.</param>
    /// <exception cref="SettingException">The value is not a whole number or is out of range.</exception>
    public int Of(IConfiguration configuration, int? instead = null) =>
        Text(configuration) is not { } text ? instead ?? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Allows(value) ? value
        : throw Invalid();

    /// <summary>True for a number in the range.</summary>
    public bool Allows(int value) => value >= min && value <= max;
}

/// <summary>A switch; an empty text is as none.</summary>
internal sealed class SwitchSetting(string name, bool otherwise) : Setting(name, "true or false")
{
    /// <summary>Reads it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="instead">What holds here when it is not set, if not what mostly does.</param>
    /// <exception cref="SettingException">The value is neither <c>true</c> nor <c>false</c>.</exception>
    public bool Of(IConfiguration configuration, bool? instead = null) => Text(configuration) switch
    {
        null or "" => instead ?? otherwise,
        { } text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        { } text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw Invalid(),
    };
}

/// <summary>A list: as <c>Setting:0</c>, <c>Setting:1</c> …, or as one text with commas.</summary>
internal sealed class ListSetting(string name, string accepted) : Setting(name, accepted)
{
    /// <inheritdoc/>
    public override string Form => $"{Accepted}; with commas, or as `{Variable}__0`, `{Variable}__1` …";

    /// <inheritdoc/>
    public override IEnumerable<string> Variables => [Variable, Variable + "__0"];

    /// <inheritdoc/>
    public override bool Has(string name) => base.Has(name)
        || (name.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase) && name.AsSpan(Name.Length + 1) is { Length: > 0 } place
            && !place.ContainsAnyExceptInRange('0', '9'));

    /// <summary>Reads it, each entry once; empty when not set.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="parse">Makes a value of an entry; null when it is none.</param>
    /// <exception cref="SettingException">An entry is blank or no value.</exception>
    public IReadOnlyList<T> Of<T>(IConfiguration configuration, Func<string, T?> parse)
    {
        string[] entries =
        [
            .. Text(configuration) is { Length: > 0 } text ? text.Split(',') : [],
            .. Below(configuration).GetChildren().Select(entry => entry.Value ?? string.Empty),
        ];
        var values = entries.Select(entry => string.IsNullOrWhiteSpace(entry) ? throw Invalid() : parse(entry.Trim()) ?? throw Invalid());
        return [.. values.Distinct()];
    }
}

/// <summary>A key of 32 bytes.</summary>
internal sealed class KeySetting(string name) : Setting(name, "32 random bytes in Base64")
{
    private const int Length = 32;

    // Of random bytes there are hardly ever fewer than 25; a text or a pattern has not as many.
    private const int LeastDistinct = 8;

    /// <summary>True when it is set.</summary>
    public bool IsSet(IConfiguration configuration) => Text(configuration) is { Length: > 0 };

    /// <summary>Reads it; random bytes when not set.</summary>
    /// <exception cref="SettingException">The value is no such key.</exception>
    public byte[] Of(IConfiguration configuration)
    {
        if (Text(configuration) is not { Length: > 0 } text)
        {
            return RandomNumberGenerator.GetBytes(Length);
        }

        var key = new byte[Length];
        var isKey = Convert.TryFromBase64String(text, key, out var length) && length == Length
            && key.Distinct().Count() >= LeastDistinct;
        return isKey ? key : throw Invalid();
    }
}

/// <summary>Levels of the log: one for all of it, and others below names of the operator's choice.</summary>
internal sealed class LevelsSetting(string name, string[] levels)
    : Setting(name, $"one of {string.Join(", ", levels)}, here and under Override")
{
    /// <inheritdoc/>
    public override string Written => Name + ":Default";

    /// <inheritdoc/>
    public override bool Has(string name) => base.Has(name)
        || name.Equals(Written, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(Name + ":Override:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads all that is set of it, by name.</summary>
    /// <exception cref="SettingException">
    /// One is no level. Serilog takes a number or a list for one too, and then may log nothing at all.
    /// </exception>
    public IReadOnlyList<KeyValuePair<string, string?>> Of(IConfiguration configuration)
    {
        List<KeyValuePair<string, string?>> set = [.. SettingNames.Values(configuration).Where(setting => Has(setting.Key))];
        return set.TrueForAll(level => levels.Contains(level.Value, StringComparer.OrdinalIgnoreCase)) ? set : throw Invalid();
    }
}
