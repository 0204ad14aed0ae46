using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// The constant parts of a decision's JSON (ids, texts, sources), rendered once per protocol and language. A screening adds dates, answers
/// and the choice of parts.
/// </summary>
internal sealed class DecisionJsonFragments
{
    private static readonly ConditionalWeakTable<Protocol, DecisionJsonFragments[]> Rendered = [];

    private readonly Protocol protocol;
    private readonly Language language;
    private readonly RuleTexts[] rules;

    private DecisionJsonFragments(Protocol protocol, Language language)
    {
        this.protocol = protocol;
        this.language = language;
        rules = [.. protocol.Rules.Select(rule => new RuleTexts(this, rule))];
        Questions = [.. protocol.Questions.Select(question => new QuestionTexts(question, language))];
        ClearTrace = new ClearTraceFragments([.. protocol.Rules.Select((rule, i) => rules[i].Finding(rule.Clear).Trace)]);
        ProtocolMember = Json($",\"protocol\":{{\"id\":{Quote(protocol.Id)},\"version\":{Quote(protocol.Document.Version)},\"digest\":{Quote(protocol.Digest)}}}");
    }

    /// <summary>The <c>protocol</c> member.</summary>
    public byte[] ProtocolMember { get; }

    /// <summary>The fragments of each question.</summary>
    public QuestionTexts[] Questions { get; }

    /// <summary>The trace of a decision in which every rule is clear.</summary>
    public ClearTraceFragments ClearTrace { get; }

    /// <summary>Returns the fragments of a protocol in a language.</summary>
    public static DecisionJsonFragments Of(Protocol protocol, Language language)
    {
        var all = Rendered.GetValue(protocol, p => new DecisionJsonFragments[Language.All.Count]);

        // Concurrent requests may both render the fragments; the results are equal.
        return all[language.Index] ??= new DecisionJsonFragments(protocol, language);
    }

    /// <summary>Returns the fragments of a rule.</summary>
    public RuleTexts Rule(int rule) => rules[rule];

    private static byte[] Json(string json) => Encoding.UTF8.GetBytes(json);

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, Utf8Output.Encoder) + "\"";

    /// <summary>The fragments of one rule.</summary>
    internal sealed class RuleTexts
    {
        private readonly DecisionJsonFragments texts;
        private readonly CompiledRule rule;
        private readonly FindingTexts?[] findings = new FindingTexts?[64];

        public RuleTexts(DecisionJsonFragments texts, CompiledRule rule)
        {
            this.texts = texts;
            this.rule = rule;
            RequirementStart = Json($$"""{"ruleId":{{Quote(rule.Id)}}""");
            var days = rule.WaitDays.ToString(CultureInfo.InvariantCulture);
            WaitStart = Json($$"""{"ruleId":{{Quote(rule.Id)}},"days":{{days}},"event":{"question":""");
            SourceMember = Json(string.Create(CultureInfo.InvariantCulture, $",\"source\":{{\"document\":{Quote(texts.protocol.Document.Source.Document)},\"line\":{rule.Document.Line}}}}}"));
        }

        public byte[] RequirementStart { get; }

        public byte[] WaitStart { get; }

        public byte[] SourceMember { get; }

        /// <summary>Returns the fragments of this rule's finding.</summary>
        public FindingTexts Finding(Finding finding)
        {
            ref var rendered = ref findings[((int)finding.Outcome << 4) | ((int)finding.Effect << 1) | (finding.CourseTooShort ? 1 : 0)];
            return rendered ??= Render(finding);
        }

        private FindingTexts Render(Finding finding)
        {
            var head = $$"""{"ruleId":{{Quote(rule.Id)}},"outcome":{{Quote(WireName.Of(finding.Outcome))}},"effect":{{Quote(WireName.Of(finding.Effect))}}""";
            if (finding.Outcome == Outcome.Clear)
            {
                return new FindingTexts(Json(head + "}"), [], []);
            }

            var message = finding.Outcome == Outcome.Cleared ? texts.protocol.Document.Cleared : rule.Message(finding);
            return new FindingTexts(
                Json(head + "}"),
                Json(head + ",\"binding\":"),
                Json($$""","persistence":{{Quote(WireName.Of(rule.Document.Persistence))}},"message":{{Quote(message.Clinician.In(texts.language))}},"patientMessage":{{Quote(message.Patient.In(texts.language))}},"evidence":["""));
        }
    }

    /// <summary>The fragments of one finding.</summary>
    /// <param name="Trace">The complete entry of the trace.</param>
    /// <param name="ReasonStart">A reason up to the value of <c>binding</c>.</param>
    /// <param name="ReasonRest">The rest of a reason up to its list of evidence.</param>
    internal sealed record FindingTexts(byte[] Trace, byte[] ReasonStart, byte[] ReasonRest);

    /// <summary>The fragments of one question.</summary>
    internal sealed class QuestionTexts(CompiledQuestion question, Language language)
    {
        /// <summary>The question's id in quotes.</summary>
        public byte[] Id { get; } = Json(Quote(question.Id));

        /// <summary>An entry of <c>missing</c>.</summary>
        public byte[] Missing { get; } = Json($"{{\"question\":{Quote(question.Id)},\"pointer\":{Quote(question.Pointer)},\"text\":{Quote(question.Document.Text.In(language))}}}");

        /// <summary>Each code in quotes.</summary>
        public byte[][] Codes { get; } = [.. question.Codes.Select(option => Json(Quote(option.Code)))];

        /// <summary>Each code of an event, as the member before the value of its date: <c>{"product":"filler","date":</c>.</summary>
        public byte[][] EventStarts { get; } = [.. EventsOf(question).Select(code => Json("{" + Quote(question.Events!.Kind.Id) + ":" + Quote(code) + "," + Quote(question.Events.Date.Id) + ":"))];

        /// <summary>Each code of an event, as the last member: <c>,"product":"filler"</c>.</summary>
        public byte[][] EventEnds { get; } = [.. EventsOf(question).Select(code => Json($",{Quote(question.Events!.Kind.Id)}:{Quote(code)}"))];

        private static IEnumerable<string> EventsOf(CompiledQuestion question) => question.Events?.Kind.Options.Select(o => o.Code) ?? [];
    }
}

/// <summary>
/// The joined trace entries of clear rules: most rules of most decisions are clear, so runs of entries are copied at once.
/// </summary>
internal sealed class ClearTraceFragments
{
    private readonly byte[] joined;
    private readonly int[] starts;

    /// <summary>Joins the entries of all rules.</summary>
    public ClearTraceFragments(byte[][] entries)
    {
        joined = [.. entries.SelectMany(entry => entry.Append((byte)','))];
        starts = new int[entries.Length + 1];
        for (var i = 0; i < entries.Length; i++)
        {
            starts[i + 1] = starts[i] + entries[i].Length + 1;
        }
    }

    /// <summary>Returns the entries of a range of rules, each followed by a comma.</summary>
    public ReadOnlySpan<byte> Between(int from, int to) => joined.AsSpan(starts[from]..starts[to]);
}
