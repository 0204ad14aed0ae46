using System.Globalization;

namespace Screening.Rules;

/// <summary>
/// What members and elements accept, in words: the only place that phrases it, for the details of errors at every API. It depends on the
/// protocol alone, never on what was sent.
/// </summary>
public static class Accepted
{
    /// <summary>The most names or codes that a detail lists; the rest are counted.</summary>
    private const int MostNamed = 60;

    /// <summary>A full date.</summary>
    public static LocalizedText Date { get; } = Words.Text("accepted.date");

    /// <summary>A full or partial date.</summary>
    public static LocalizedText PartialDate { get; } = Words.Text("accepted.partialDate");

    /// <summary>The same, or <c>unknown</c>.</summary>
    public static LocalizedText PartialDateOrUnknown { get; } = Words.Text("accepted.partialDateOrUnknown");

    /// <summary>The start or end of an appointment.</summary>
    public static LocalizedText Time { get; } = Words.Text("accepted.time");

    /// <summary>A date and time with an offset, or a full or partial date.</summary>
    public static LocalizedText DateTime { get; } = Words.Text("accepted.dateTime");

    /// <summary>A date and time with an offset.</summary>
    public static LocalizedText Instant { get; } = Words.Text("accepted.instant");

    /// <summary>A time zone.</summary>
    public static LocalizedText Zone { get; } = Words.Text("accepted.zone");

    /// <summary>An answer, while no protocol is known.</summary>
    public static LocalizedText AnyAnswer { get; } = Words.Text("accepted.answer");

    /// <summary>The treated areas, while no protocol is known.</summary>
    public static LocalizedText AnyAreas { get; } = Words.Text("accepted.areas");

    /// <summary>The answers to the questions of a protocol.</summary>
    public static LocalizedText Answers { get; } = Words.Text("accepted.answers");

    /// <summary>A protocol, in any catalog.</summary>
    public static LocalizedText AnyProtocol { get; } = Words.Text("accepted.protocol");

    /// <summary>A rule, in any protocol.</summary>
    public static LocalizedText AnyRule { get; } = Words.Text("accepted.rule");

    /// <summary>One of these codes or names.</summary>
    public static LocalizedText OneOf(params IReadOnlyList<string> values) => Naming("accepted.oneOf", "values", values);

    /// <summary>A text of at most so many characters.</summary>
    public static LocalizedText Text(int most) => AtMost("accepted.text", most);

    /// <summary>A text that is not blank, of at most so many characters.</summary>
    public static LocalizedText Name(int most) => AtMost("accepted.name", most);

    /// <summary>A list of at most so many times of an appointment.</summary>
    public static LocalizedText Times(int most) => AtMost("accepted.times", most);

    /// <summary>An object with these members.</summary>
    public static LocalizedText Object(params IReadOnlyList<string> members) => Naming("accepted.object", "members", members);

    /// <summary>A list of at most so many objects with these members.</summary>
    public static LocalizedText Objects(int most, params IReadOnlyList<string> members) =>
        Naming("accepted.objects", "members", members).With("n", Number(most));

    /// <summary>An answer to a question.</summary>
    public static LocalizedText AnswerTo(Question question, bool mayBeEmpty) => question.Match(
        _ => OneOf(Codes(question.Codes)),
        _ => Naming(mayBeEmpty ? "accepted.codes" : "accepted.someCodes", "values", Codes(question.Codes)),
        _ => Date,
        _ => PartialDateOrUnknown,
        events => Naming("accepted.events", "members", [events.Kind.Id, events.Date.Id]).With("n", Number(JsonText.MostElements)));

    /// <summary>The codes of options.</summary>
    public static IReadOnlyList<string> Codes(IEnumerable<Option> options) => [.. options.Select(option => option.Code)];

    /// <summary>The rules of a protocol, those first that a clinician reviews in any case.</summary>
    public static LocalizedText RuleOf(ProtocolDocument protocol) =>
        OneOf([.. protocol.Rules.OrderBy(rule => !rule.Effects.Contains(Effect.Review)).Select(rule => rule.Id)]);

    /// <summary>The as-of dates on which a version of a protocol is in force and, where a request can name one, its versions.</summary>
    public static LocalizedText VersionOf(ProtocolFamily family, bool byName)
    {
        var from = NodaTime.Text.LocalDatePattern.Iso.Format(family.Versions[0].EffectiveFrom);
        string[] versions = [.. family.Versions.Select(version => version.Reference)];
        return (byName ? Naming("accepted.asOfOrVersion", "values", versions) : Words.Text("accepted.asOf")).With("date", from);
    }

    /// <summary>A text with a list of names in place of <c>{name}</c>.</summary>
    /// <param name="key">The key of the text.</param>
    /// <param name="name">The name of the place.</param>
    /// <param name="values">The names, at least one.</param>
    public static LocalizedText Naming(string key, string name, IReadOnlyList<string> values) => Words.Text(key).With(name, Listed(values));

    /// <summary>A text with a number in place of <c>{n}</c>.</summary>
    public static LocalizedText AtMost(string key, int most) => Words.Text(key).With("n", Number(most));

    /// <summary>The text after a guess at which of our names was meant; the guess never contains the name that was sent.</summary>
    /// <param name="accepted">The text.</param>
    /// <param name="names">Our names.</param>
    /// <param name="sent">The name that was sent.</param>
    internal static LocalizedText Meant(LocalizedText accepted, IReadOnlyList<string> names, string sent) =>
        Nearest(names, sent) is { } nearest ? LocalizedText.Joined(nearest, accepted) : accepted;

    /// <summary>A guess at which of our names was meant, which never contains the name that was sent; null without a similar one.</summary>
    /// <param name="names">Our names.</param>
    /// <param name="sent">The name that was sent.</param>
    public static LocalizedText? Nearest(IReadOnlyList<string> names, string sent) =>
        Spelling.Nearest(names, sent) is { } name ? Words.Text("accepted.didYouMean").With("name", Quoted(name)) : null;

    private static LocalizedText Listed(IReadOnlyList<string> values)
    {
        var named = string.Join(", ", values.Take(MostNamed).Select(Quoted));
        return LocalizedText.Of(Language.All.Select(language => (
            language.Tag,
            values.Count > MostNamed ? named + " " + ReportTexts.More(values.Count - MostNamed, language) : named)));
    }

    private static string Quoted(string name) => $"`{name}`";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
