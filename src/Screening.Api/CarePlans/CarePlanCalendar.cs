using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Screening.Rules;
using Calendar = Ical.Net.Calendar;
using Duration = Ical.Net.DataTypes.Duration;

namespace Screening.Api.CarePlans;

/// <summary>
/// A care plan as an iCalendar object (RFC 5545) for a person's own calendar: one entry for the appointment and one for each step. It has
/// no METHOD, unless it is cancelled: it is to be imported, not an invitation. Everything in it follows from the request, so the same
/// request gives the same bytes.
/// </summary>
internal static class CarePlanCalendar
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/calendar";

    /// <summary>
    /// The value of <c>Content-Disposition</c>: neutral about the treatment, since more people see a download's name than its content.
    /// </summary>
    public static string FileNameOf(Decision decision, CarePlanQuery query) =>
        IsPreview(decision, query) ? "attachment; filename=\"preview.ics\"" : "attachment; filename=\"appointment.ics\"";

    /// <summary>True for the plan of what is not bookable: nobody may take it for an appointment. What takes entries back is none.</summary>
    private static bool IsPreview(Decision decision, CarePlanQuery query) => !decision.Bookable && !query.Cancel;

    /// <summary>The media type of a written calendar: a program must not need to open it to know that it cancels.</summary>
    public static string MediaTypeOf(CarePlanQuery query) =>
        MediaType + "; charset=utf-8" + (query.Cancel ? "; method=" + CalendarMethods.Cancel : string.Empty);

    // Known to most calendar programs, and to no standard.
    private const string NameProperty = "X-WR-CALNAME";

    /// <summary>The length of an entry that has only a start or only an end: of the appointment too, since not all programs can do without one.</summary>
    private static readonly NodaTime.Duration OpenLength = NodaTime.Duration.FromMinutes(30);

    private static readonly Instant SequenceEpoch = Instant.FromUtc(2020, 1, 1, 0, 0);

    private static readonly Duration BeforeTime = new(minutes: -15);
    private static readonly Duration MorningOfTheDayBefore = new(hours: -15);

    /// <summary>Writes the calendar of a plan.</summary>
    /// <param name="request">The request that was planned.</param>
    /// <param name="decision">The decision; if it is not bookable, the entries are tentative, and everything says that it is a preview.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="uid">The UIDs of the entries.</param>
    /// <param name="query">Whether the entries say what they are about, and whether they are cancelled.</param>
    /// <param name="language">The language of the texts.</param>
    public static string Write(ScreeningRequest request, Decision decision, CarePlan plan, CalendarUid uid, CarePlanQuery query, Language language)
    {
        var protocol = request.Intake.Protocol;
        var appointment = Span(request.Appointment.Start, request.Appointment.End);
        Interval?[] hours = [.. plan.Steps.Select(planned => planned.When.Match(_ => (Interval?)null, hours => Span(hours.StartsAt, hours.EndsAt)))];
        var zone = new CalendarZone(
            request.Appointment.Zone, [.. hours.OfType<Interval>().Prepend(appointment).SelectMany(span => (Instant[])[span.Start, span.End])]);

        var texts = new CalendarTexts(protocol, query.FullDetail, IsPreview(decision, query), language);
        var entry = Entry(appointment, zone);
        Describe(entry, uid.OfAppointment(), texts.Title, texts.Description);
        entry.Transparency = TransparencyType.Opaque;
        List<CalendarEvent> entries = [entry];
        foreach (var (index, ((step, when), span)) in plan.Steps.Zip(hours).Index())
        {
            entry = when.Match(Entry, _ => Entry(span!.Value, zone));
            Describe(entry, uid.OfStep(step.Id), texts.TitleOf(step, index + 1), texts.DescriptionOf(step));
            entry.Transparency = TransparencyType.Transparent;
            if (!query.Cancel)
            {
                AddAlarm(entry, step, when);
            }

            entries.Add(entry);
        }

        var calendar = new Calendar { ProductId = "-//Screening API//Care plan//EN", Method = query.Cancel ? CalendarMethods.Cancel : null };
        calendar.AddProperty(NameProperty, texts.Name);
        if (zone.Definition is { } definition)
        {
            calendar.AddTimeZone(definition);
        }

        foreach (var written in entries)
        {
            SetVersion(written, request.AsOf, query.Cancel);
            written.Status = query.Cancel ? EventStatus.Cancelled : decision.Bookable ? null : EventStatus.Tentative;
            calendar.Events.Add(written);
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>
    /// Whole days; the format's end is exclusive. Without an end: the first day. Without a start: the last day, when the step is due.
    /// </summary>
    private static CalendarEvent Entry(CareDays days)
    {
        var from = days.StartsOn ?? days.EndsOn!.Value;
        var through = days.StartsOn is null ? from : days.EndsOn ?? from;
        return new CalendarEvent { DtStart = CalendarZone.Day(from), DtEnd = CalendarZone.Day(through.PlusDays(1)) };
    }

    private static CalendarEvent Entry(Interval span, CalendarZone zone) => new() { DtStart = zone.Time(span.Start), DtEnd = zone.Time(span.End) };

    /// <summary>From one time to another in whole seconds; the format requires the end to be the later one.</summary>
    private static Interval Span(ZonedDateTime? from, ZonedDateTime? through)
    {
        var start = WholeSeconds(from ?? through!.Value) - (from is null ? OpenLength : NodaTime.Duration.Zero);
        var end = through is { } known ? WholeSeconds(known) : start;
        return new Interval(start, end > start ? end : start + OpenLength);
    }

    private static Instant WholeSeconds(ZonedDateTime time) => Instant.FromUnixTimeSeconds(time.ToInstant().ToUnixTimeSeconds());

    private static void Describe(CalendarEvent entry, string uid, string title, string? description)
    {
        entry.Uid = uid;
        entry.Summary = title;
        entry.Description = description;
        entry.Class = "PRIVATE";
    }

    /// <summary>
    /// Adds an alarm to a step before the appointment that must be done, told or avoided: shortly before a time, or at nine on the day before
    /// a whole day. Never after the beginning: Outlook takes the absolute value of a trigger (MS-OXCICAL 2.1.3.1.1.20.62).
    /// </summary>
    private static void AddAlarm(CalendarEvent entry, CareStep step, CareTime when)
    {
        if (step.Phase == CarePhase.Before && step.Kind is CareKind.Do or CareKind.Tell or CareKind.Avoid)
        {
            var trigger = when.Match(_ => MorningOfTheDayBefore, _ => BeforeTime);
            entry.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = entry.Summary, Trigger = new Trigger(trigger) });
        }
    }

    /// <summary>
    /// The as-of instant, in seconds, decides which of two plans is newer: a plan has an even sequence number and its cancellation the odd
    /// one after it, so that a plan made a second later, when the appointment is booked again, is newer than both. A sequence number has 31
    /// bits: enough until 2054, later all of them are equal and the timestamp decides.
    /// </summary>
    private static void SetVersion(CalendarEvent entry, Instant asOf, bool cancelled)
    {
        entry.DtStamp = CalendarZone.Utc(asOf);
        entry.LastModified = entry.DtStamp;
        entry.Sequence = (2 * (int)Math.Clamp((asOf - SequenceEpoch).TotalSeconds, 0, (int.MaxValue - 1) / 2)) + (cancelled ? 1 : 0);
    }
}
