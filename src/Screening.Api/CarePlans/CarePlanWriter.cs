using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>Writes a care plan as JSON, the members in the order of <see cref="CarePlanResponse"/>.</summary>
internal static class CarePlanWriter
{
    /// <summary>Room for the answer to an ordinary request.</summary>
    public const int UsualLength = 16384;

    /// <summary>Writes the plan that goes with a decision.</summary>
    public static void Write(Utf8Output output, Guid id, Decision decision, CarePlan plan, Language language)
    {
        var protocol = decision.Intake.Protocol;
        var texts = DecisionTexts.Of(protocol, language);
        output.Raw("{\"decisionId\":"u8);
        output.Id(id);
        output.Raw(",\"eligibility\":"u8);
        DecisionWriter.WriteStatus(output, decision.Eligibility);
        output.Raw(texts.ProtocolMember);
        DecisionWriter.WriteAppointment(output, decision, texts);
        output.Raw(",\"steps\":["u8);
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            output.Raw(i == 0 ? "{"u8 : ",{"u8);
            WriteStep(output, protocol, plan.Steps[i], language);
        }

        output.Raw("],\"risks\":["u8);
        for (var i = 0; i < protocol.Document.Risks.Count; i++)
        {
            output.Raw(i == 0 ? "{"u8 : ",{"u8);
            WriteRisk(output, protocol, protocol.Document.Risks[i], language);
        }

        output.Raw("]}"u8);
    }

    private static void WriteStep(Utf8Output output, Protocol protocol, PlannedStep planned, Language language)
    {
        var step = planned.Step;
        output.Raw("\"id\":"u8);
        output.Text(step.Id);
        output.Raw(",\"phase\":"u8);
        output.Text(WireName.Of(step.Phase));
        output.Raw(",\"kind\":"u8);
        output.Text(WireName.Of(step.Kind));
        output.Raw(",\"text\":"u8);
        output.Text(step.Text.In(language));
        WriteSource(output, protocol, step.Line);
        _ = planned.When.Match(
            days =>
            {
                output.Raw(",\"startsOn\":"u8);
                output.Date(days.StartsOn);
                output.Raw(",\"endsOn\":"u8);
                output.Date(days.EndsOn);
                return true;
            },
            hours =>
            {
                output.Raw(",\"startsAt\":"u8);
                WriteTime(output, hours.StartsAt);
                output.Raw(",\"endsAt\":"u8);
                WriteTime(output, hours.EndsAt);
                return true;
            });
        output.Raw("}"u8);
    }

    private static void WriteRisk(Utf8Output output, Protocol protocol, Risk risk, Language language)
    {
        output.Raw("\"id\":"u8);
        output.Text(risk.Id);
        output.Raw(",\"text\":"u8);
        output.Text(risk.Text.In(language));
        WriteSource(output, protocol, risk.Line);
        output.Raw("}"u8);
    }

    private static void WriteSource(Utf8Output output, Protocol protocol, int line)
    {
        output.Raw(",\"source\":{\"document\":"u8);
        output.Text(protocol.Document.Source.Document);
        output.Raw(",\"line\":"u8);
        output.Number(line);
        output.Raw("}"u8);
    }

    private static void WriteTime(Utf8Output output, ZonedDateTime? time)
    {
        if (time is { } known)
        {
            output.Time(known);
        }
        else
        {
            output.Raw("null"u8);
        }
    }
}
