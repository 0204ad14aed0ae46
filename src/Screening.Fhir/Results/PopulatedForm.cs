using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Fhir.Questionnaires;
using Screening.Fhir.Record;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;
using IssueType = Hl7.Fhir.Model.OperationOutcome.IssueType;
using Severity = Hl7.Fhir.Model.OperationOutcome.IssueSeverity;

namespace Screening.Fhir.Results;

/// <summary>
/// The response of <c>$populate</c>: a form with what the record suggests, none of which the patient has said; and what each suggestion
/// comes from, what is left to the patient, and what of the record could not be read.
/// </summary>
public sealed record PopulatedForm
{
    /// <summary>The most entries named for a question; the rest are counted.</summary>
    private const int MostEntries = 5;

    /// <summary>The request, with the record in its intake.</summary>
    public required ScreeningRequest Request { get; init; }

    /// <summary>The patient.</summary>
    public required ResourceReference Subject { get; init; }

    /// <summary>The language of the texts.</summary>
    public required Language Language { get; init; }

    /// <summary>True when something of a record was sent.</summary>
    public required bool HasRecord { get; init; }

    /// <summary>True when the service was asked to add what it knows itself, which is nothing.</summary>
    public bool AsksForLocal { get; init; }

    /// <summary>The gaps of the record.</summary>
    public IReadOnlyList<RecordGap> Gaps { get; init; } = [];

    private Protocol Protocol => Request.Intake.Protocol;

    /// <summary>The Parameters <c>response</c> and <c>issues</c>.</summary>
    public Parameters ToParameters()
    {
        var suggestions = SuggestedAnswers.Of(Request.Intake, Request.Today);
        return new Parameters
        {
            Parameter = [new() { Name = "response", Resource = Response(suggestions) }, new() { Name = "issues", Resource = Issues(suggestions) }],
        };
    }

    private QuestionnaireResponse Response(IReadOnlyList<Suggestion> suggestions)
    {
        var response = ResponseBuilder.Suggest(Protocol, suggestions, Language);
        response.Language = Language.Tag;
        response.Subject = Subject;
        response.AuthoredElement = FhirTimes.Of(Request.AsOf.InZone(Request.Appointment.Zone));
        response.Text = ResourceNarratives.OfSuggestions(Protocol, suggestions, Language);
        return response;
    }

    private OperationOutcome Issues(IReadOnlyList<Suggestion> suggestions)
    {
        var intake = Request.Intake;
        var filledIn = suggestions.Select(one => one.Question.Index).ToHashSet();
        var outcome = new OperationOutcome
        {
            Language = Language.Tag,
            Issue =
            [
                .. intake.Record.GroupBy(evidence => evidence.Question).SelectMany(group => Issues(Protocol.Questions[group.Key], [.. group], filledIn.Contains(group.Key))),
                .. RecordOutcome.Issues(Gaps, FormTexts.GapRemedy, Language),
                .. ReportNotes.LookedAtOf(intake.RecordSummary, Language) is { } lookedAt ? [Remark(RecordTexts.Record.In(Language) + ": " + lookedAt)] : Array.Empty<Issue>(),
                .. HasRecord ? Array.Empty<Issue>() : [Remark(FormTexts.NoRecord.In(Language))],
                .. AsksForLocal ? [Remark(FormTexts.KeepsNone.In(Language))] : Array.Empty<Issue>(),
            ],
        };
        if (outcome.Issue.Count == 0)
        {
            outcome.Issue.Add(Remark(FormTexts.NothingFilledIn.In(Language)));
        }

        outcome.Text = ResourceNarratives.Of(outcome, Language);
        return outcome;
    }

    /// <summary>What an entry makes clear is filled in; what it leaves open, no one but the patient or a clinician can tell.</summary>
    private IEnumerable<Issue> Issues(CompiledQuestion question, List<RecordEvidence> record, bool isFilledIn)
    {
        var clear = isFilledIn ? record.FindAll(one => !one.LeavesHowOftenOpen && question.OptionOf(one) is { Code: not ReservedCode.Unknown }) : [];
        List<RecordEvidence> open = [.. record.Except(clear)];
        return
        [
            .. clear.Count > 0 ? [New(Severity.Information, "filled-in", FormTexts.FilledIn, question, clear)] : Array.Empty<Issue>(),
            .. open.Count > 0 ? [New(Severity.Warning, "left-open", FormTexts.LeftOpen, question, open)] : Array.Empty<Issue>(),
        ];
    }

    private Issue New(Severity severity, string code, LocalizedText words, CompiledQuestion question, List<RecordEvidence> record)
    {
        var told = words.In(Language).With("question", question.Document.Text.In(Language));
        return new Issue
        {
            Severity = severity,
            Code = IssueType.Informational,
            Details = new CodeableConcept
            {
                Coding = [new Coding(Canonicals.Populated, code), new Coding(Canonicals.Questions(Protocol.Id), question.Id)],
                Text = string.Join(" ", RecordNotes.Lines(Protocol, record, MostEntries, Language).Select(line => line + ".").Prepend(told)),
            },
        };
    }

    private static Issue Remark(string text) =>
        new() { Severity = Severity.Information, Code = IssueType.Informational, Details = new CodeableConcept { Text = text } };
}
