namespace Screening.Api.Settings;

/// <summary>A signing key as settings state it: each member the text of its variable, null where there is none.</summary>
/// <param name="Name">The name above its members, such as <c>Receipts:Keys:0</c>.</param>
/// <param name="State">What it is good for.</param>
/// <param name="Pem">The key in PEM.</param>
/// <param name="File">The path of a file with that instead.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="Reason">Why it was revoked.</param>
internal sealed record SetKey(string Name, string? State, string? Pem, string? File, string? RevokedAt, string? Reason);

/// <summary>Signing keys: the path of a file of them or, for each of them, a number with its members below.</summary>
internal sealed class SigningKeysSetting(string name, string accepted) : TextSetting(name, accepted)
{
    private static readonly string[] Members =
        [nameof(SetKey.State), nameof(SetKey.Pem), nameof(SetKey.File), nameof(SetKey.RevokedAt), nameof(SetKey.Reason)];

    /// <inheritdoc/>
    public override string Form =>
        $"{Accepted}; or, for each key, `{Variable}__0__State` and `{Variable}__0__Pem` or `{Variable}__0__File` …";

    /// <inheritdoc/>
    public override IEnumerable<string> Variables => [Variable, .. Members.Select(member => $"{Variable}__0__{member}")];

    /// <inheritdoc/>
    public override bool Has(string name) => base.Has(name)
        || (name.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase)
            && name[(Name.Length + 1)..].Split(':') is [var place, var member] && place.Length > 0 && place.All(char.IsAsciiDigit)
            && Members.Contains(member, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads the keys that are set one by one; none when a file is named.</summary>
    /// <exception cref="SettingException">A file is named, too.</exception>
    public IReadOnlyList<SetKey> Each(IConfiguration configuration)
    {
        List<SetKey> keys =
        [
            .. Below(configuration).GetChildren().Select(key =>
            {
                string? Member(string member) => Read(key, member) is { Length: > 0 } text ? text : null;
                return new SetKey(
                    $"{Name}:{key.Key}",
                    Member(nameof(SetKey.State)),
                    Member(nameof(SetKey.Pem)),
                    Member(nameof(SetKey.File)),
                    Member(nameof(SetKey.RevokedAt)),
                    Member(nameof(SetKey.Reason)));
            }),
        ];
        return keys.Count > 0 && Of(configuration) is not null ? throw SettingException.KeysAndFile() : keys;
    }
}
