namespace Screening.Benchmarks.Peers;

/// <summary>What one rule came to.</summary>
public readonly record struct TypedFinding(RuleOutcome Outcome, RuleEffect Effect, Status Level, bool CourseTooShort = false);

/// <summary>One wait; an open beginning is the first date there is, an event that is no member of a list has index -1.</summary>
public readonly record struct TypedWait(byte Rule, short Event, DateOnly From, DateOnly Through, DateOnly Assumed)
{
    public bool Contains(DateOnly date) => date <= Through && date >= From;
}

/// <summary>What must still be met; a date that does not apply is null.</summary>
public readonly record struct TypedRequirement(byte Rule, DateOnly? StopBy, DateOnly? StartBy, DateOnly? ContinueThrough);

/// <summary>A run of free dates; an open end is null.</summary>
public readonly record struct TypedWindow(DateOnly From, DateOnly? Through);

/// <summary>A decision in full: every rule's finding, the waits, what follows. Words and evidence are added when it is answered.</summary>
public sealed class TypedFindings
{
    public required Status Eligibility { get; init; }

    public required Status Undated { get; init; }

    public required bool RequiresWhenAllowed { get; init; }

    public required TypedFinding[] Findings { get; init; }

    public required byte[] Reasons { get; init; }

    public required TypedWait[] Waits { get; init; }

    public required TypedRequirement[] Requirements { get; init; }

    public required TypedWindow[] Windows { get; init; }

    public required DateOnly NotBefore { get; init; }

    public required byte[] Missing { get; init; }
}
