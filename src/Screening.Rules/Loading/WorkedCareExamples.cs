using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>Runs the examples of care steps.</summary>
public static partial class WorkedExamples
{
    private static readonly OffsetDateTimePattern WithOffset =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    private static IEnumerable<string> Run(Protocol protocol, CareStep step, CareExample example)
    {
        var errors = new InputErrors();
        var answers = Answers(protocol, example.Answers, example.Without, null, protocol.Document.Baseline.AsOf, errors);
        var zone = ClinicZones.Find(example.TimeZone ?? "UTC");
        var start = Time(example.Start, zone) ?? (example.Start is null ? zone?.Noon(protocol.Document.Baseline.Date) : null);
        var end = Time(example.End, zone);
        if (errors.Any || zone is null || start is null || (end is null && example.End is not null))
        {
            return errors.All.Select(e => $"Example '{example.Name}' cannot be planned: {e.Place}: {e.Meaning.En}")
                .DefaultIfEmpty($"Example '{example.Name}' cannot be planned: its zone or a time does not exist.");
        }

        var plan = CarePlanner.Plan(answers.ToIntake([]), new Appointment(zone, start, end, []));
        return Differences(plan.Steps.FirstOrDefault(planned => planned.Step.Id == step.Id)?.When, example);
    }

    private static ZonedDateTime? Time(string? text, DateTimeZone? zone) =>
        text is not null && zone is not null
        && StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var stated) && stated.TryInZone(zone, out var time) ? time : null;

    private static IEnumerable<string> Differences(CareTime? when, CareExample example)
    {
        var expect = example.Expect;
        var days = when as CareDays;
        var hours = when as CareHours;
        return Differences(
            example.Name,
            ("shown", expect.Shown ? "true" : "false", when is null ? "false" : "true"),
            ("startsOn", expect.StartsOn, days is null ? Nothing : Text(days.StartsOn) ?? Open),
            ("endsOn", expect.EndsOn, days is null ? Nothing : Text(days.EndsOn) ?? Open),
            ("startsAt", expect.StartsAt, hours is null ? Nothing : Text(hours.StartsAt)),
            ("endsAt", expect.EndsAt, hours is null ? Nothing : Text(hours.EndsAt)));
    }

    private static string Text(ZonedDateTime? time) => time is { } known ? WithOffset.Format(known.ToOffsetDateTime()) : Open;
}
