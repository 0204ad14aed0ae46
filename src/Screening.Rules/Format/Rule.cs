using System.ComponentModel;

namespace Screening.Rules;

[Description("One item of the exclusion list.")]
public sealed record Rule
{
    [Description("Kebab-case id, as decisions name it.")]
    public required string Id { get; init; }

    [Description("The line of the source document that the rule is read from, counted from 1.")]
    public required int Line { get; init; }

    [Description("How long a finding lasts.")]
    public required Persistence Persistence { get; init; }

    [Description("What the rule can do, worst first.")]
    public required IReadOnlyList<Effect> Effects { get; init; }

    [Description("When the rule is triggered.")]
    public required Condition Condition { get; init; }

    [Description("Questions that decide nothing but belong to the evidence.")]
    public IReadOnlyList<string>? Evidence { get; init; }

    [Description("The messages of the finding: one for each effect, and one for when it is undetermined.")]
    public required Messages Messages { get; init; }

    [Description("Worked examples on both sides of each boundary.")]
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>True when the rule checks a code of its question; an unknown answer affects every rule.</summary>
    internal bool LooksAt(string code, ProtocolDocument document) => Condition.LooksAt(document).Contains(code);
}

/// <summary>The messages of a rule: exactly those that its effects need.</summary>
[Description("The messages of a rule: exactly those that its effects call for.")]
public sealed record Messages
{
    public Message? Exclude { get; init; }

    public Message? Review { get; init; }

    public Message? Defer { get; init; }

    public Message? Require { get; init; }

    [Description("In place of `require` when a course ends before it should.")]
    public Message? RequireLonger { get; init; }

    public required Message Undetermined { get; init; }
}
