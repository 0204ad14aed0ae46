using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Screening.Benchmarks.Peers;

/// <summary>
/// The words of the protocol, for peers whose rules are written by hand: read once at start from the same file, so that every peer answers
/// with the same texts.
/// </summary>
internal static class Texts
{
    private static readonly byte[] File = Load();
    private static readonly JsonElement Root = JsonElement.Parse(File);

    public static readonly RuleText[] Rules = [.. Root.GetProperty("rules").EnumerateArray().Select(rule => new RuleText(rule, Text(Root.GetProperty("source"), "document")))];

    public static readonly MissingEntry[] Missing =
        [.. Root.GetProperty("questions").EnumerateArray().Select(q => Question(q, "/answers/" + Text(q, "id"))), Question(Root.GetProperty("treatmentAreas"), "/appointment/areas")];

    public static readonly string[] QuestionIds = [.. Missing.Select(entry => entry.Question)];

    public static readonly ProtocolEntry Protocol = new(Text(Root, "id"), Text(Root, "version"), "sha256:" + Convert.ToHexStringLower(SHA256.HashData(File)));

    public static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private static byte[] Load()
    {
        using var stream = typeof(Screening.Rules.Protocol).Assembly.GetManifestResourceStream("sublative-rf/1.0.0.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static MissingEntry Question(JsonElement question, string pointer) => new(Text(question, "id"), pointer, Text(question.GetProperty("text"), "en"));
}

/// <summary>The words of one rule, and its trace entries, made once.</summary>
internal sealed class RuleText
{
    private readonly TraceEntry?[] traces = new TraceEntry?[32];
    private readonly Dictionary<string, (string Clinician, string Patient)> messages;

    public RuleText(JsonElement rule, string document)
    {
        Id = Texts.Text(rule, "id");
        Persistence = Texts.Text(rule, "persistence");
        Source = new SourceEntry(document, rule.GetProperty("line").GetInt32());
        messages = rule.GetProperty("messages").EnumerateObject().ToDictionary(
            message => message.Name,
            message => (Texts.Text(message.Value.GetProperty("clinician"), "en"), Texts.Text(message.Value.GetProperty("patient"), "en")),
            StringComparer.Ordinal);
    }

    public string Id { get; }

    public string Persistence { get; }

    public SourceEntry Source { get; }

    public (string Clinician, string Patient) Message(TypedFinding finding) => messages[finding switch
    {
        { Outcome: RuleOutcome.Undetermined } => "undetermined",
        { CourseTooShort: true } => "requireLonger",
        { Effect: RuleEffect.Exclude } => "exclude",
        { Effect: RuleEffect.Review } => "review",
        { Effect: RuleEffect.Defer } => "defer",
        { Effect: RuleEffect.Require } => "require",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Effect.ToString().ToLower(CultureInfo.InvariantCulture)),
    }];

    public TraceEntry Trace(TypedFinding finding) =>
        traces[((int)finding.Outcome * 8) + (int)finding.Effect] ??= new TraceEntry(Id, finding.Outcome, finding.Effect);
}
