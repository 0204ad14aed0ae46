namespace Screening.Rules;

/// <summary>The part of <see cref="ReviewSheet"/> on codes of health records.</summary>
public static partial class ReviewSheet
{
    private static IEnumerable<string> AboutCodes(ProtocolDocument document) =>
    [
        "## Record codes", "",
        "- A health record raises an answer, and never clears one: the worse of what the person said and what the record tells counts, and an unanswered question stays unanswered.",
        "- `L40` and below: every code that begins so. An entry that is refuted or was entered in error raises nothing.", "",
        .. CodedQuestions(document).SelectMany(question => document.Codes.Where(codes => codes.Question == question).SelectMany((codes, i) => AboutCodes(codes, i == 0))),
    ];

    private static IEnumerable<string> CodedQuestions(ProtocolDocument document) => document.Codes.Select(codes => codes.Question).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> AboutCodes(RecordCodes codes, bool first) =>
    [
        .. first ? [$"### Codes `{codes.Question}`", ""] : Array.Empty<string>(),
        $"- In: {Codes([.. codes.Entries.Select(WireName.Of)], "and")}",
        .. Raised(codes.Raises).Select(line => "- " + line),
        $"- Published: {codes.Source}", "",
        "| System | Code | Name |", "|---|---|---|",
        .. codes.AnyOf.Select(coding => $"| {CodeSystem.Find(coding.System)!.Name} | {Coded(coding)} | {Cell(coding.Display)} |"), "",
    ];

    private static string[] Raised(Raise raise) => raise.Match<string[]>(
        answer =>
        [
            $"Raises: `{answer.Active}`{When(answer.Daily, "taken every day")}{When(answer.Unconfirmed, "not confirmed yet")}{When(answer.Unstated, "it does not say whether it still holds")}; {(answer.Ended is { } ended ? $"`{ended}`" : "nothing")} when it has ended",
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
            $"Raises by its value; `{ReservedCode.Unknown}` without one, and by any other value; nothing when one that is surely later is confirmed",
            .. value.Values.Select(one => $"{(one.Answer is { } answer ? $"`{answer}`" : "nothing")} by: {Named(one.AnyOf)}"),
        ]);

    private static string When(string? code, string when) => code is null ? "" : $"; `{code}` when {when}";

    private static string Named(IReadOnlyList<RecordCoding> codings) =>
        string.Join(", ", codings.Select(coding => $"{coding.Display} ({CodeSystem.Find(coding.System)!.Name} {Coded(coding)})"));

    private static string Coded(RecordCoding coding) => $"`{coding.Code}`{(coding.Descendants ? " and below" : "")}";
}
