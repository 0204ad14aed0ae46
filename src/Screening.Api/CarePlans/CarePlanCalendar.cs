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
/// no METHOD: it is to be imported, not an invitation. Everything in it follows from the request, so the same request gives the same bytes.
/// </summary>
internal static class CarePlanCalendar
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/calendar";

    /// <summary>The length of an entry that has only a start or only an end.</summary>
    private const int OpenMinutes = 30;

    private static readonly Duration BeforeTime = new(minutes: -15);
    private static readonly Duration MorningOfTheDay = new(hours: 9);
    private static readonly Duration MorningOfTheDayBefore = new(hours: -15);

    /// <summary>Writes the calendar of a plan.</summary>
    /// <param name="request">The request that was planned.</param>
    /// <param name="decision">The decision; if it is not bookable, the entries are tentative.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="fullDetail">Whether the entries say what they are about.</param>
    /// <param name="language">The language of the texts.</param>
    public static string Write(ScreeningRequest request, Decision decision, CarePlan plan, bool fullDetail, Language language)
    {
        var protocol = request.Intake.Protocol;
        var zone = new CalendarZone(request.Appointment.Zone);
        List<CalendarEvent> events = [Appointment(request.Appointment, zone)];
        Describe(
            events[0],
            CalendarUid.OfAppointment(request),
            CalendarTexts.TitleOf(protocol, fullDetail, language),
            CalendarTexts.DescriptionOf(protocol, fullDetail, language));
        foreach (var (step, when) in plan.Steps)
        {
            var entry = when.Match(Days, hours => Hours(hours, zone));
            Describe(
                entry,
                CalendarUid.OfStep(request, step.Id),
                CalendarTexts.TitleOf(step, fullDetail, language),
                CalendarTexts.DescriptionOf(protocol, step, fullDetail, language));
            entry.Transparency = TransparencyType.Transparent;
            AddAlarm(entry, step, when);
            events.Add(entry);
        }

        var calendar = new Calendar { ProductId = "-//Screening API//Care plan//EN" };
        if (zone.Definition() is { } definition)
        {
            calendar.AddTimeZone(definition);
        }

        foreach (var entry in events)
        {
            SetVersion(entry, request.AsOf);
            entry.Status = decision.Bookable ? null : EventStatus.Tentative;
            calendar.Events.Add(entry);
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>The only entry that marks the person as busy. It has no end unless the request has one.</summary>
    private static CalendarEvent Appointment(Appointment appointment, CalendarZone zone)
    {
        var entry = new CalendarEvent { Transparency = TransparencyType.Opaque };
        Span(entry, zone, appointment.Start!.Value, appointment.End ?? appointment.Start.Value);
        return entry;
    }

    /// <summary>
    /// Whole days; the format's end is exclusive. Without an end: the first day. Without a start: the last day, when the step is due.
    /// </summary>
    private static CalendarEvent Days(CareDays days)
    {
        var from = days.StartsOn ?? days.EndsOn!.Value;
        var through = days.StartsOn is null ? from : days.EndsOn ?? from;
        return new CalendarEvent { DtStart = CalendarZone.Day(from), DtEnd = CalendarZone.Day(through.PlusDays(1)) };
    }

    private static CalendarEvent Hours(CareHours hours, CalendarZone zone)
    {
        var entry = new CalendarEvent();
        var from = hours.StartsAt ?? hours.EndsAt!.Value.PlusMinutes(-OpenMinutes);
        Span(entry, zone, from, hours.EndsAt ?? from.PlusMinutes(OpenMinutes));
        return entry;
    }

    /// <summary>The format requires an end to be after the start.</summary>
    private static void Span(CalendarEvent entry, CalendarZone zone, ZonedDateTime from, ZonedDateTime through)
    {
        entry.DtStart = zone.Time(from);
        entry.DtEnd = through.ToInstant().ToUnixTimeSeconds() > from.ToInstant().ToUnixTimeSeconds() ? zone.Time(through) : null;
    }

    private static void Describe(CalendarEvent entry, string uid, string title, string? description)
    {
        entry.Uid = uid;
        entry.Summary = title;
        entry.Description = description;
        entry.Class = "PRIVATE";
    }

    /// <summary>
    /// Adds an alarm to a step before the appointment that must be done, told or avoided: shortly before a time; at nine on the first day;
    /// at nine on the day before a last day or before something must be avoided.
    /// </summary>
    private static void AddAlarm(CalendarEvent entry, CareStep step, CareTime when)
    {
        if (step.Phase == CarePhase.Before && step.Kind is CareKind.Do or CareKind.Tell or CareKind.Avoid)
        {
            var trigger = when.Match(days => days.StartsOn is null || step.Kind == CareKind.Avoid ? MorningOfTheDayBefore : MorningOfTheDay, _ => BeforeTime);
            entry.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = entry.Summary, Trigger = new Trigger(trigger) });
        }
    }

    /// <summary>
    /// The as-of instant decides which of two plans is newer. A sequence number has 32 bits, enough for minutes up to the last supported
    /// date; within a minute the timestamp decides.
    /// </summary>
    private static void SetVersion(CalendarEvent entry, Instant asOf)
    {
        entry.DtStamp = CalendarZone.Utc(asOf);
        entry.LastModified = entry.DtStamp;
        entry.Sequence = (int)Math.Max(0, asOf.ToUnixTimeSeconds() / 60);
    }
}
