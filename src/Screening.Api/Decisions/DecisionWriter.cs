using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// Writes a decision as JSON, with the members in the order of <see cref="ScreeningResponse"/>: byte for byte what a serializer writes for
/// that type.
/// </summary>
internal static class DecisionWriter
{
    /// <summary>The buffer size for an ordinary response.</summary>
    public const int InitialCapacity = 8192;

    /// <summary>Writes the decision on a request, with its receipt if there is one.</summary>
    public static void Write(
        Utf8Output output, Guid id, ScreeningRequest request, Decision decision, Language language, string? receipt = null)
    {
        var texts = DecisionJsonFragments.Of(decision.Intake.Protocol, language);
        output.Raw("{\"decisionId\":"u8);
        output.Id(id);
        if (request.Reference is { } reference)
        {
            output.Raw(",\"reference\":"u8);
            output.Text(reference);
        }

        output.Raw(","u8);
        WriteStatus(output, decision);
        output.Raw(","u8);
        WriteDates(output, decision, texts);
        output.Raw(",\"reasons\":["u8);
        WriteReasons(output, decision, texts);
        WriteMissing(output, decision, texts);
        WriteTrace(output, decision, texts);
        SlotWriter.Write(output, request, decision, language);
        output.Raw(texts.ProtocolMember);
        output.Raw(",\"asOf\":"u8);
        output.Time(request.AsOf);
        WriteAppointment(output, decision, texts);
        if (receipt is not null)
        {
            output.Raw(",\"receipt\":"u8);
            output.Text(receipt);
        }

        output.Raw("}"u8);
    }

    /// <summary>Writes the members of the status and of the dates that it names.</summary>
    public static void WriteStatus(Utf8Output output, Decision decision)
    {
        output.Raw("\"eligibility\":"u8);
        output.Raw(SlotWriter.StatusOf(decision.Eligibility));
        output.Raw(",\"earliestDate\":"u8);
        output.Date(decision.EarliestDate);
        output.Raw(",\"notBefore\":"u8);
        output.Date(decision.NotBefore);
    }

    /// <summary>Writes the members of what follows for the dates: windows, waiting periods and requirements.</summary>
    public static void WriteDates(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        output.Raw("\"windows\":["u8);
        WriteWindows(output, decision);
        output.Raw("],\"waitingPeriods\":["u8);
        WriteWaits(output, decision, texts);
        output.Raw("],\"requirements\":["u8);
        WriteRequirements(output, decision, texts);
        output.Raw("]"u8);
    }

    private static void WriteWindows(Utf8Output output, Decision decision)
    {
        var next = false;
        foreach (var window in decision.Windows)
        {
            output.Separate(ref next);
            output.Raw("{\"from\":"u8);
            output.Date(window.From);
            output.Raw(",\"through\":"u8);
            output.Date(window.Through);
            output.Raw("}"u8);
        }
    }

    private static void WriteWaits(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        var next = false;
        foreach (ref readonly var wait in decision.WaitingPeriods.AsSpan())
        {
            ref readonly var answer = ref decision.Intake.Answers[wait.Question];
            var isFromRecord = DecisionBasis.IsOfRecord(decision.Intake, wait);
            output.Separate(ref next);
            output.Raw(texts.Rule(wait.Rule).WaitStart);
            output.Raw(texts.Questions[wait.Question].Id);
            if (wait.Event >= 0)
            {
                output.Raw(",\"index\":"u8);
                output.Number(wait.Event);
            }

            output.Raw(",\"date\":"u8);
            if (wait.Event >= 0)
            {
                AnswerWriter.WriteDate(output, answer.Events[wait.Event].Date);
            }
            else if (answer.Given || (isFromRecord && (answer.IsUnknown || answer.Date != default)))
            {
                AnswerWriter.WriteDate(output, answer.IsUnknown ? null : answer.Date);
            }
            else
            {
                output.Raw("null"u8);
            }

            output.Raw(",\"assumedDate\":"u8);
            output.Date(wait.AssumedDate);
            if (isFromRecord)
            {
                output.Raw(",\"fromRecord\":true"u8);
            }

            if (wait.Event >= 0 && answer.Events[wait.Event] is { HasKind: true } happened)
            {
                output.Raw(texts.Questions[wait.Question].EventEnds[happened.Kind]);
            }

            output.Raw("},\"blockedFrom\":"u8);
            output.Date(wait.BlockedFrom);
            output.Raw(",\"blockedThrough\":"u8);
            output.Date(wait.BlockedThrough);
            output.Raw(",\"clearsOn\":"u8);
            output.Date(wait.ClearsOn);
            output.Raw(wait.Contains(decision.Date) ? ",\"status\":\"pending\"}"u8 : ",\"status\":\"satisfied\"}"u8);
        }
    }

    private static void WriteRequirements(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        var next = false;
        foreach (ref readonly var requirement in decision.Requirements.AsSpan())
        {
            output.Separate(ref next);
            output.Raw(texts.Rule(requirement.Rule).RequirementStart);
            WriteDate(output, ",\"stopBy\":"u8, requirement.StopBy);
            WriteDate(output, ",\"startBy\":"u8, requirement.StartBy);
            WriteDate(output, ",\"continueThrough\":"u8, requirement.ContinueThrough);
            output.Raw("}"u8);
        }
    }

    /// <summary>Writes a member; omits it when there is no date.</summary>
    private static void WriteDate(Utf8Output output, ReadOnlySpan<byte> name, Day? date)
    {
        if (date is { } known)
        {
            output.Raw(name);
            output.Date(known);
        }
    }

    private static void WriteReasons(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        var next = false;
        var remainingEntries = RecordWriter.MaxPerDecision;
        foreach (var rule in decision.Reasons)
        {
            var finding = texts.Rule(rule).Finding(decision.Findings[rule]);
            output.Separate(ref next);
            output.Raw(finding.ReasonStart);
            output.Raw(decision.IsBinding(rule) ? "true"u8 : "false"u8);
            output.Raw(finding.ReasonRest);
            WriteEvidence(output, decision, rule, texts, ref remainingEntries);
            output.Raw("]"u8);
            if (decision.ClearanceOf(rule) is { } clearance)
            {
                WriteClearance(output, clearance);
            }

            output.Raw(texts.Rule(rule).SourceMember);
        }
    }

    private static void WriteEvidence(Utf8Output output, Decision decision, int rule, DecisionJsonFragments texts, ref int remainingEntries)
    {
        var next = false;
        var intake = decision.Intake;
        var compiled = intake.Protocol.Rules[rule];
        List<RecordEvidence>? record = intake.Record.IsEmpty ? null : [.. intake.RecordOf(compiled)];
        foreach (var question in compiled.Evidence)
        {
            ref readonly var answer = ref intake.PatientAnswers[question.Index];
            var recordEvidence = record is { Count: > 0 } && question.Id == compiled.Document.Condition.Question ? record : null;
            if (!answer.Given && recordEvidence is null)
            {
                continue;
            }

            output.Separate(ref next);
            output.Raw("{\"question\":"u8);
            output.Raw(texts.Questions[question.Index].Id);
            if (answer.Given)
            {
                output.Raw(",\"answer\":"u8);
                AnswerWriter.Write(output, question, answer, texts.Questions[question.Index]);
            }

            if (recordEvidence is not null)
            {
                RecordWriter.Write(output, question, recordEvidence, ref remainingEntries);
            }

            output.Raw("}"u8);
        }
    }

    private static void WriteClearance(Utf8Output output, Clearance clearance)
    {
        output.Raw(",\"clearance\":{"u8);
        WriteClearanceMembers(output, clearance);
        output.Raw("}"u8);
    }

    /// <summary>Writes who cleared a finding, when, and the note.</summary>
    public static void WriteClearanceMembers(Utf8Output output, Clearance clearance)
    {
        output.Raw("\"by\":"u8);
        output.Text(clearance.By);
        output.Raw(",\"on\":"u8);
        output.Date(clearance.On);
        if (clearance.Note is { } note)
        {
            output.Raw(",\"note\":"u8);
            output.Text(note);
        }
    }

    private static void WriteMissing(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        output.Raw("],\"missing\":["u8);
        var next = false;
        foreach (var question in decision.Missing)
        {
            output.Separate(ref next);
            output.Raw(texts.Questions[question].Missing);
        }
    }

    private static void WriteTrace(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        output.Raw("],\"trace\":["u8);
        var written = 0;
        for (var rule = 0; rule < decision.Findings.Length; rule++)
        {
            if (decision.Findings[rule].Outcome != Outcome.Clear)
            {
                output.Raw(texts.ClearTrace.Between(written, rule));
                output.Raw(texts.Rule(rule).Finding(decision.Findings[rule]).Trace);
                output.Raw(","u8);
                written = rule + 1;
            }
        }

        output.Raw(texts.ClearTrace.Between(written, decision.Findings.Length));
        output.RemoveLast(1);
    }

    private static void WriteAppointment(Utf8Output output, Decision decision, DecisionJsonFragments texts)
    {
        var appointment = decision.Appointment;
        output.Raw(",\"appointment\":{\"timeZone\":"u8);
        output.Text(appointment.Zone.Id);
        if (appointment.Start is { } start)
        {
            output.Raw(",\"start\":"u8);
            output.Time(start);
        }

        if (appointment.End is { } end)
        {
            output.Raw(",\"end\":"u8);
            output.Time(end);
        }

        output.Raw(",\"date\":"u8);
        output.Date(decision.Date);
        var areas = decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.PatientAnswers[areas.Index];
        if (treated.Given)
        {
            output.Raw(",\"areas\":"u8);
            AnswerWriter.WriteCodes(output, treated, texts.Questions[areas.Index]);
        }

        output.Raw("}"u8);
    }
}
