using NodaTime;
using NodaTime.Text;
using Screening.Api.Contract;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>Creates the response for a care plan.</summary>
internal static class CarePlanResponses
{
    // Like the times of decisions: with the clinic's offset, numeric even for UTC, and a fraction only if there is one.
    private static readonly OffsetDateTimePattern TimePattern =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>");

    /// <summary>Creates the response for the plan of a decision.</summary>
    public static CarePlanResponse Of(Guid id, Decision decision, CarePlan plan, Language language, string? receipt = null)
    {
        var protocol = decision.Intake.Protocol;
        var document = protocol.Document.Source.Document;
        return new CarePlanResponse
        {
            DecisionId = id,
            Eligibility = decision.Eligibility,
            Bookable = decision.Bookable,
            Protocol = new ProtocolReference { Id = protocol.Id, Version = protocol.Document.Version, Digest = protocol.Digest },
            Appointment = Appointment(decision),
            Steps = [.. plan.Steps.Select(planned => Step(planned, document, language))],
            Risks = [.. protocol.Document.Risks.Select(risk => Risk(risk, document, language))],
            Receipt = receipt,
        };
    }

    private static AppointmentResponse Appointment(Decision decision)
    {
        var areas = decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.PatientAnswers[areas.Index];
        return new AppointmentResponse
        {
            TimeZone = decision.Appointment.Zone.Id,
            Start = Time(decision.Appointment.Start),
            End = Time(decision.Appointment.End),
            Date = PartialDate.Of(decision.Date).ToString(),
            Areas = treated.Given ? [.. treated.GivenCodes.ToArray().Select(code => areas.Codes[code].Code)] : null,
        };
    }

    private static CarePlanStep Step(PlannedStep planned, string document, Language language)
    {
        var (days, hours) = planned.When.Match<(CareDays?, CareHours?)>(days => (days, null), hours => (null, hours));
        return new CarePlanStep
        {
            Id = planned.Step.Id,
            Phase = planned.Step.Phase,
            Kind = planned.Step.Kind,
            Text = planned.Step.Text.In(language),
            Source = Line(document, planned.Step.Line),
            StartsOn = Day(days?.StartsOn),
            EndsOn = Day(days?.EndsOn),
            StartsAt = Time(hours?.StartsAt),
            EndsAt = Time(hours?.EndsAt),
            HasTimes = hours is not null,
        };
    }

    private static CarePlanRisk Risk(Risk risk, string document, Language language) =>
        new() { Id = risk.Id, Text = risk.Text.In(language), Source = Line(document, risk.Line) };

    private static SourceLine Line(string document, int line) => new() { Document = document, Line = line };

    private static string? Day(LocalDate? date) => date is { } known ? PartialDate.Of(known).ToString() : null;

    private static string? Time(ZonedDateTime? time) => time is { } known ? TimePattern.Format(known.ToOffsetDateTime()) : null;
}
