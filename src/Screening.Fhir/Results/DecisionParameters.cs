using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;
using Part = Hl7.Fhir.Model.Parameters.ParameterComponent;

namespace Screening.Fhir.Results;

/// <summary>
/// The decision as Parameters: the same members, codes and dates as the response of <c>POST /v1/screenings</c>, without its messages, which
/// are in the DetectedIssues. A null there is absent here; a list is a repeating parameter. If a record was sent, they also state how much
/// of it was read and, for each reason that it concerns, the patient's answers and the record's findings as separate evidence.
/// </summary>
internal static class DecisionParameters
{
    /// <summary>The most record entries listed for a reason; its DetectedIssue lists more.</summary>
    private const int MostEntries = 10;

    public static Parameters Of(ScreenResult result)
    {
        var decision = result.Decision;
        var rules = result.Protocol.Rules;
        return new Parameters
        {
            Parameter =
            [
                New("decisionId", new FhirString(result.Id.ToString("D"))),
                Code("eligibility", decision.Eligibility),
                New("bookable", new FhirBoolean(decision.Bookable)),
                .. Date("earliestDate", decision.EarliestDate),
                .. Date("notBefore", decision.NotBefore),
                .. decision.Windows.Select(window => List("window", Date("from", window.From), Date("through", window.Through))),
                .. decision.WaitingPeriods.Select(wait => Wait(result, wait)),
                .. decision.Requirements.Select(requirement => List(
                    "requirement",
                    [Rule(rules[requirement.Rule])],
                    Date("stopBy", requirement.StopBy),
                    Date("startBy", requirement.StartBy),
                    Date("continueThrough", requirement.ContinueThrough))),
                .. decision.Reasons.Select(rule => Reason(decision, rules[rule])),
                .. decision.Reasons.SelectMany(rule => Evidence(result, rules[rule])),
                .. decision.Missing.Select(question => List("missing", [Id("question", result.Protocol.Questions[question].Id)])),
                .. decision.Slots.Select((slot, i) => Slot(decision.Appointment.Slots[i], slot)),
                .. rules.Select(rule => List("trace", [Rule(rule), .. Finding(decision.Findings[rule.Index])])),
                List("protocol", [Id("id", result.Protocol.Id), Id("version", result.Protocol.Document.Version), Id("digest", result.Protocol.Digest)]),
                New("asOf", FhirTimes.Of(result.AsOf)),
                Appointment(decision),
                .. result.HasRecord ? [Record(decision.Intake.RecordSummary)] : Array.Empty<Part>(),
            ],
        };
    }

    private static Part Wait(ScreenResult result, WaitingPeriod wait)
    {
        var rule = result.Protocol.Rules[wait.Rule];
        return List(
            "waitingPeriod",
            [Rule(rule), New("days", new Integer(rule.WaitDays)), Id("question", result.Protocol.Questions[wait.Question].Id)],
            wait.Event >= 0 ? [New("index", new Integer(wait.Event))] : [],
            Date("assumedDate", wait.AssumedDate),
            DecisionBasis.IsOfRecord(result.Decision.Intake, wait) ? [New("fromRecord", new FhirBoolean(true))] : [],
            Date("blockedFrom", wait.BlockedFrom),
            Date("blockedThrough", wait.BlockedThrough),
            Date("clearsOn", wait.ClearsOn),
            [New("status", new Code(wait.Contains(result.Decision.Date) ? "pending" : "satisfied"))]);
    }

    private static Part Slot(ZonedDateTime start, Eligibility eligibility) => List(
        "slot",
        [New("start", FhirTimes.Of(start))],
        Date("date", start.Date),
        [Code("eligibility", eligibility), New("bookable", new FhirBoolean(Decision.IsBookable(eligibility)))]);

    private static Part Reason(Decision decision, CompiledRule rule) => List(
        "reason",
        [
            Rule(rule),
            .. Finding(decision.Findings[rule.Index]),
            New("binding", new FhirBoolean(decision.IsBinding(rule.Index))),
            Code("persistence", rule.Document.Persistence),
            New("line", new Integer(rule.Document.Line)),
        ],
        decision.ClearanceOf(rule.Index) is { } clearance ? [Clearance(clearance)] : []);

    private static Part Clearance(Clearance clearance) => List(
        "clearance",
        [New("by", new FhirString(clearance.By))],
        Date("on", clearance.On),
        clearance.Note is { } note ? [New("note", new FhirString(note))] : []);

    /// <summary>The patient's answers and the record's findings, one by one, if the record concerns the rule's question.</summary>
    private static IEnumerable<Part> Evidence(ScreenResult result, CompiledRule rule)
    {
        List<RecordEvidence> record = [.. result.Decision.Intake.RecordOf(rule)];
        if (record.Count == 0)
        {
            return [];
        }

        var question = rule.Evidence[0];
        var answers = result.Decision.Intake.PatientAnswers[question.Index].Given ? IssueEvidence.Answer(result, question) : [];
        var max = Math.Min(MostEntries, result.MaxEntries);
        var named = record.OrderByDescending(evidence => evidence.ChangesAnswer).Take(max);
        return
        [
            .. answers.Take(MostEntries).Select(answer => Of(New("answer", answer))),
            .. named.Select(evidence => Of(Record(result, question, evidence))),
            .. record.Count > max ? [Of(New("moreInRecord", new Integer(record.Count - max)))] : Array.Empty<Part>(),
        ];

        Part Of(Part value) => List("evidence", [Rule(rule), Id("question", question.Id), value]);
    }

    private static Part Record(ScreenResult result, CompiledQuestion question, RecordEvidence evidence) => List(
        "record",
        [
            New("answer", IssueEvidence.RecordAnswer(result, question, evidence)),
            New("reference", IssueEvidence.Reference(result, evidence)),
            New("text", new FhirString(IssueEvidence.Text(result, evidence))),
        ]);

    private static Part[] Finding(Finding finding) => [Code("outcome", finding.Outcome), Code("effect", finding.Effect)];

    private static Part Appointment(Decision decision) => List(
        "appointment",
        [Id("timeZone", decision.Appointment.Zone.Id)],
        decision.Appointment.Start is { } start ? [New("start", FhirTimes.Of(start))] : [],
        decision.Appointment.End is { } end ? [New("end", FhirTimes.Of(end))] : [],
        Date("date", decision.Date));

    private static Part Record(RecordSummary summary) => List(
        "record",
        [New("entries", new Integer(summary.EntriesRead)), New("matter", new Integer(summary.EntriesMatched))]);

    private static Part Rule(CompiledRule rule) => New("ruleId", new Code(rule.Id));

    private static Part Id(string name, string id) => New(name, new FhirString(id));

    private static Part Code<T>(string name, T value)
        where T : struct, Enum => New(name, new Code(WireName.Of(value)));

    private static Part[] Date(string name, LocalDate? date) => date is { } known ? [New(name, FhirTimes.Of(known))] : [];

    private static Part New(string name, DataType value) => new() { Name = name, Value = value };

    private static Part List(string name, params IEnumerable<Part[]> parts) => new() { Name = name, Part = [.. parts.SelectMany(part => part)] };
}
