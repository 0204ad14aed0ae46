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
/// A care plan as an iCalendar object (RFC 5545) for a person's own calendar: one entry for the appointment, one for each step. It has no METHOD: it is
/// a calendar to take, not an invitation. Everything in it follows from the request, so the same request gives the same bytes.
/// </summary>
internal static class CarePlanCalendar
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/calendar";

    /// <summary>A time that is open on one side is an entry of this length at the side that it has.</summary>
    private const int OpenMinutes = 30;

    private static readonly Duration BeforeTime = new(minutes: -15);
    private static readonly Duration MorningOfTheDay = new(hours: 9);
    private static readonly Duration MorningOfTheDayBefore = new(hours: -15);

    /// <summary>The calendar of a plan, as text.</summary>
    /// <param name="request">The request that was planned.</param>
    /// <param name="decision">The decision on it; one that is not bookable makes tentative entries.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="full">True: the entries say what they are about.</param>
    /// <param name="language">The language of the texts.</param>
    public static string Write(ScreeningRequest request, Decision decision, CarePlan plan, bool full, Language language)
    {
        var protocol = request.Intake.Protocol;
        var zone = new CalendarZone(request.Appointment.Zone);
        List<CalendarEvent> events = [Appointment(request.Appointment, zone)];
        Describe(events[0], CalendarUid.OfAppointment(request), CalendarTexts.TitleOf(protocol, full, language), CalendarTexts.DescriptionOf(protocol, full, language));
        foreach (var (step, when) in plan.Steps)
        {
            var entry = when.Match(Days, hours => Hours(hours, zone));
            Describe(entry, CalendarUid.OfStep(request, step.Id), CalendarTexts.TitleOf(step, full, language), CalendarTexts.DescriptionOf(protocol, step, full, language));
            entry.Transparency = TransparencyType.Transparent;
            Remind(entry, step, when);
            events.Add(entry);
        }

        var calendar = new Calendar { ProductId = "-//Screening API//Care plan//EN" };
        if (zone.Definition() is { } definition)
        {
            calendar.AddTimeZone(definition);
        }

        foreach (var entry in events)
        {
            Stamp(entry, request.AsOf);
            entry.Status = decision.Bookable ? null : EventStatus.Tentative;
            calendar.Events.Add(entry);
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>The one entry during which the person is busy. Without an end that somebody said it has none: nothing is invented.</summary>
    private static CalendarEvent Appointment(Appointment appointment, CalendarZone zone)
    {
        var entry = new CalendarEvent { Transparency = TransparencyType.Opaque };
        Span(entry, zone, appointment.Start!.Value, appointment.End ?? appointment.Start.Value);
        return entry;
    }

    /// <summary>Whole days, the end exclusive as the format has it. Open after its beginning: the first day. Without a beginning: the last day, as what is due then.</summary>
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

    /// <summary>The format knows no end that is not after the beginning.</summary>
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
    /// An alarm for what must be done, told or stopped in time: shortly before a time, at nine on the first day; at nine on the day before what must
    /// be stopped by then, and before a last day.
    /// </summary>
    private static void Remind(CalendarEvent entry, CareStep step, CareTime when)
    {
        if (step.Phase == CarePhase.Before && step.Kind is CareKind.Do or CareKind.Tell or CareKind.Avoid)
        {
            var trigger = when.Match(days => days.StartsOn is null || step.Kind == CareKind.Avoid ? MorningOfTheDayBefore : MorningOfTheDay, _ => BeforeTime);
            entry.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = entry.Summary, Trigger = new Trigger(trigger) });
        }
    }

    /// <summary>
    /// The as-of instant says which of two plans is the newer. A sequence number is 32 bits wide, which minutes fit in to the end of the calendar
    /// that this service knows; within a minute the stamp decides.
    /// </summary>
    private static void Stamp(CalendarEvent entry, Instant asOf)
    {
        entry.DtStamp = CalendarZone.Utc(asOf);
        entry.LastModified = entry.DtStamp;
        entry.Sequence = (int)Math.Max(0, asOf.ToUnixTimeSeconds() / 60);
    }
}
