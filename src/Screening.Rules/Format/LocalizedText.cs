using System.Collections.Immutable;
using System.ComponentModel;

namespace Screening.Rules;

/// <summary>
/// A text in both languages of the protocol format; a missing translation stops the load. The service's own texts may have more.
/// </summary>
[Description("A text in every language of the service.")]
public sealed record LocalizedText
{
    internal const string English = "en";
    internal const string Spanish = "es";

    [Description("English.")]
    public required string En { get; init; }

    [Description("Spanish.")]
    public required string Es { get; init; }

    /// <summary>In languages that the protocol format does not have, by their tags; only of the service's own texts.</summary>
    private ImmutableDictionary<string, string> Others { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The text in this language; in English where it has none.</summary>
    public string In(Language language) => language.Tag switch
    {
        English => En,
        Spanish => Es,
        var tag => Others.GetValueOrDefault(tag, En),
    };

    /// <summary>The same with a text in place of <c>{name}</c>, in each language.</summary>
    public LocalizedText With(string name, LocalizedText value) =>
        Of(Language.All.Select(language => (language.Tag, In(language).With(name, value.In(language)))));

    /// <summary>The same with a value in place of <c>{name}</c>.</summary>
    public LocalizedText With(string name, string value) =>
        Of(Language.All.Select(language => (language.Tag, In(language).With(name, value))));

    /// <summary>The same with a change that is made in each language.</summary>
    public LocalizedText Changed(Func<string, string> change) =>
        Of(Language.All.Select(language => (language.Tag, change(In(language)))));

    /// <summary>Two texts, one after the other.</summary>
    public static LocalizedText Joined(LocalizedText first, LocalizedText second, string separator = " ") =>
        Of(Language.All.Select(language => (language.Tag, first.In(language) + separator + second.In(language))));

    /// <summary>A text that is the same in every language, such as a name.</summary>
    public static LocalizedText Same(string text) => Of(Language.All.Select(language => (language.Tag, text)));

    /// <summary>A text in every language of the service.</summary>
    internal static LocalizedText Of(IEnumerable<(string Tag, string Text)> texts)
    {
        var all = texts.ToImmutableDictionary(one => one.Tag, one => one.Text, StringComparer.Ordinal);
        return new() { En = all[English], Es = all.GetValueOrDefault(Spanish, all[English]), Others = all.Remove(English).Remove(Spanish) };
    }
}
