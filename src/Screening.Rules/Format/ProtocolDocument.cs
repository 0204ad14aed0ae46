using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// One released version of a treatment's protocol, as written in its JSON file. The file defines <em>what</em> is asked and what excludes;
/// the small closed sets of <see cref="Question"/> types and <see cref="Condition"/> kinds define <em>how</em>.
/// </summary>
[Description("One released version of a treatment's protocol. A released file never changes; a correction is a new version.")]
public sealed record ProtocolDocument
{
    /// <summary>The location of the JSON Schema of this format, for editors; the service does not read it.</summary>
    [JsonPropertyName("$schema")]
    [Description("Where an editor finds the schema of this format. Not read by the service.")]
    public string? Schema { get; init; }

    [Description("Kebab-case id of the treatment's protocol, the same in every version.")]
    public required string Id { get; init; }

    [Description("Version as MAJOR.MINOR.PATCH.")]
    public required string Version { get; init; }

    [Description("First clinic-local date on which this version is in force. Of several, the latest that is not after the as-of date is in force.")]
    public required LocalDate EffectiveFrom { get; init; }

    [Description("What the treatment is called.")]
    public required LocalizedText Title { get; init; }

    [Description("The document that every rule cites by line.")]
    public required SourceDocument Source { get; init; }

    [Description("The areas that can be treated, as the question where the treatment will be done. Answered in the appointment, not among the answers.")]
    public required CodesQuestion TreatmentAreas { get; init; }

    [Description("The intake questions, in the order in which they are asked.")]
    public required IReadOnlyList<Question> Questions { get; init; }

    [Description("The rules, in the order in which decisions list them.")]
    public required IReadOnlyList<Rule> Rules { get; init; }

    [Description("The instructions before and after the treatment, in the order in which the source has them.")]
    public required IReadOnlyList<CareStep> CareSteps { get; init; }

    [Description("What can come of the treatment.")]
    public required IReadOnlyList<Risk> Risks { get; init; }

    [Description("The codes and words of health records that raise answers.")]
    public required IReadOnlyList<RecordCodes> Codes { get; init; }

    [Description("What keeps a word of a health record from raising an answer.")]
    public RecordWords? RecordWords { get; init; }

    [Description("The message of a finding that a named clinician has cleared.")]
    public required Message Cleared { get; init; }

    [Description("Why staff may override what an EHR was told, for it to offer them; absent: it offers its own reasons alone. An override changes no decision.")]
    public IReadOnlyList<OverrideReason>? OverrideReasons { get; init; }

    [Description("A person with nothing to report, on which every worked example is built.")]
    public required ExampleBaseline Baseline { get; init; }
}

/// <summary>A reason for which staff may override a card in an EHR.</summary>
[Description("Why staff may override what an EHR was told.")]
public sealed record OverrideReason
{
    [Description("Kebab-case code, as the EHR reports it back.")]
    public required string Code { get; init; }

    [Description("What staff read.")]
    public required LocalizedText Text { get; init; }
}

/// <summary>The document that a protocol's rules are read from.</summary>
[Description("The document that a protocol is read from.")]
public sealed record SourceDocument
{
    [Description("The document's name, as decisions cite it.")]
    public required string Document { get; init; }
}

/// <summary>One message, in a version for each of its two readers.</summary>
[Description("One thing to say, in the words of the two people who may read it.")]
public sealed record Message
{
    [Description("For the nurse or clinician: exact.")]
    public required LocalizedText Clinician { get; init; }

    [Description("For the patient: plain.")]
    public required LocalizedText Patient { get; init; }
}

/// <summary>One answer that a question offers.</summary>
[Description("One answer that a question offers. The code `unknown` is reserved for a person who cannot say.")]
public sealed record Option
{
    [Description("Kebab-case code, as requests send it.")]
    public required string Code { get; init; }

    [Description("What the person reads.")]
    public required LocalizedText Label { get; init; }

    [Description("True when this answer raises no rule. An option that no rule looks at and that is not marked so stops the load.")]
    public bool Harmless { get; init; }
}

/// <summary>Holds when the question's answer includes one of the codes; never for an absent answer.</summary>
[Description("Holds when the answer to a question names one of the codes; an absent answer never fulfils it.")]
public sealed record AnswerIs
{
    public required string Question { get; init; }

    public required IReadOnlyList<string> AnyOf { get; init; }
}

/// <summary>The starting point of worked examples.</summary>
[Description("A person with nothing to report: each worked example says only what differs.")]
public sealed record ExampleBaseline
{
    [Description("The as-of date.")]
    public required LocalDate AsOf { get; init; }

    [Description("The requested date.")]
    public required LocalDate Date { get; init; }

    [Description("The treated areas.")]
    public required IReadOnlyList<string> Areas { get; init; }

    [Description("An answer to every question that is needed.")]
    public required JsonElement Answers { get; init; }
}

/// <summary>An example that an expert can check; loading the protocol runs it.</summary>
[Description("A worked example of its rule; loading the protocol runs it, and one that does not come out stops the start.")]
public sealed record Example
{
    [Description("What the example shows, as a sentence.")]
    public required string Name { get; init; }

    [Description("The as-of date; absent: the baseline's.")]
    public LocalDate? AsOf { get; init; }

    [Description("The requested date; absent: the baseline's.")]
    public LocalDate? Date { get; init; }

    [Description("The treated areas; absent: the baseline's.")]
    public IReadOnlyList<string>? Areas { get; init; }

    [Description("Answers in place of the baseline's.")]
    public JsonElement? Answers { get; init; }

    [Description("Questions of the baseline left unanswered; `treatmentAreas` takes the areas away.")]
    public IReadOnlyList<string>? Without { get; init; }

    [Description("What must come out.")]
    public required Expectation Expect { get; init; }
}

/// <summary>The expected result of a worked example.</summary>
[Description("What a worked example must come out as. A date that is absent here is not compared.")]
public sealed record Expectation
{
    [Description("The status of the whole decision.")]
    public required Eligibility Eligibility { get; init; }

    [Description("The outcome of the example's own rule.")]
    public required Outcome Outcome { get; init; }

    [Description("The effect of the example's own rule.")]
    public Effect? Effect { get; init; }

    [Description("The decision's lower bound.")]
    public LocalDate? NotBefore { get; init; }

    [Description("First blocked date of the rule's first waiting period.")]
    public LocalDate? BlockedFrom { get; init; }

    [Description("Last blocked date of the rule's first waiting period.")]
    public LocalDate? BlockedThrough { get; init; }

    [Description("The rule's requirement: last day of use.")]
    public LocalDate? StopBy { get; init; }

    [Description("The rule's requirement: latest first day of the course.")]
    public LocalDate? StartBy { get; init; }

    [Description("The rule's requirement: earliest last day of the course.")]
    public LocalDate? ContinueThrough { get; init; }
}
