using System.Globalization;

namespace Screening.Rules;

/// <summary>Codes of health records.</summary>
public static partial class ReviewSheet
{
    private static IEnumerable<string> AboutCodes(ProtocolDocument document) =>
    [
        "## Record codes", "",
        "- A health record raises an answer, and never clears one: the worse of what the person said and what the record tells counts, and an unanswered question stays unanswered.",
        "- `L40` and below: every code that begins so. An entry that is refuted or was entered in error raises nothing.",
        "- `pregnan*`: every word that begins so. Words are looked for where no code of the entry counts for the question, without case "
            + "and accents, those of every language in every record. The name of a medicine raises what its code raises; a word in any other "
            + "entry raises `unknown`, and only where a code would raise anything.",
        .. StoppedWords(document.RecordWords), "",
        .. CodedQuestions(document).SelectMany(question => document.Codes.Where(codes => codes.Question == question).SelectMany((codes, i) => AboutCodes(codes, i == 0))),
    ];

    private static IEnumerable<string> CodedQuestions(ProtocolDocument document) => document.Codes.Select(codes => codes.Question).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> AboutCodes(RecordCodes codes, bool first) =>
    [
        .. first ? [$"### Codes `{codes.Question}`", ""] : Array.Empty<string>(),
        $"- In: {Codes([.. codes.Entries.Select(WireName.Of)], "and")}",
        .. Raised(codes.Raises).Select(line => "- " + line),
        .. codes.Words is { } words
            ? [$"- Words{(codes.PresentOnly ? ", of the present only" : "")}: {Words(words)}"] : Array.Empty<string>(),
        $"- Published: {codes.Source}", "",
        .. codes.AnyOf is { } codings ? Table(codings) : [],
    ];

    private static string[] Table(IReadOnlyList<RecordCoding> codings) =>
    [
        "| System | Code | Name |", "|---|---|---|",
        .. codings.Select(coding => $"| {CodeSystem.Find(coding.System)!.Name} | {Coded(coding)} | {Cell(coding.Display)} |"), "",
    ];

    private static IEnumerable<string> StoppedWords(RecordWords? stopped) => new (string Lead, LocalizedWords? Words)[]
    {
        ("A word raises nothing directly behind, in the same clause", stopped?.NotCounting),
        ("Where only the present counts, neither behind", stopped?.Past),
        ("No word counts within", stopped?.OtherMeaning),
    }.Where(list => list.Words is not null).Select(list => $"- {list.Lead}: {Words(list.Words!)}.");

    private static string Words(LocalizedWords words) => string.Join(", ", words.All.Select(word => $"`{word}`"));

    private static string[] Raised(RecordEffect effect) => effect.Match<string[]>(
        answer =>
        [
            $"Raises: `{answer.Active}`{When(answer.Daily, "taken every day")}{When(answer.Unconfirmed, "not confirmed yet")}{When(answer.Unstated, "it does not say whether it still holds")}; {(answer.Ended is { } ended ? $"`{ended}`" : "nothing")} when it has ended{Within(answer.Days)}",
            .. answer.NotByRoute is { } routes ? [$"Not when it is given by: {Named(routes)}"] : Array.Empty<string>(),
        ],
        happened => [$"Raises: `{happened.Event}` on its date, past or planned; without a date one of unknown date"],
        place =>
        [
            $"Raises a place by its body site; `{ReservedCode.Unknown}` without one, and by any other site; nothing when it has ended",
            .. place.Sites.Select(site => $"`{site.Answer}` by: {Named(site.AnyOf)}"),
        ],
        value =>
        [
            $"Raises by its value; `{ReservedCode.Unknown}` without one, and by any other value; nothing when one that is surely later is "
                + $"confirmed{Within(value.Days)}",
            .. value.Values.Select(one => $"{(one.Answer is { } answer ? $"`{answer}`" : "nothing")} by: {Named(one.AnyOf)}"),
        ]);

    private static string Within(int? days) =>
        days is null ? "" : string.Create(CultureInfo.InvariantCulture, $", or {days} days after its date");

    private static string When(string? code, string when) => code is null ? "" : $"; `{code}` when {when}";

    private static string Named(IReadOnlyList<RecordCoding> codings) =>
        string.Join(", ", codings.Select(coding => $"{coding.Display} ({CodeSystem.Find(coding.System)!.Name} {Coded(coding)})"));

    private static string Coded(RecordCoding coding) => $"`{coding.Code}`{(coding.Descendants ? " and below" : "")}";
}
