using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Screening.Api.Tests.Reference;

/// <summary>Zones, the as-of instant, the requested start, the end and the slots.</summary>
internal static class GeneratorTimes
{
    private static readonly DateTimeZone[] Zones = Array.ConvertAll(
        [
            "America/Los_Angeles", "America/New_York", "America/Chicago", "America/St_Johns", "America/Sao_Paulo",
            "Pacific/Pago_Pago", "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Honolulu", "Asia/Kathmandu",
            "Asia/Tokyo", "Asia/Kolkata", "Africa/Casablanca", "Africa/Cairo", "Australia/Lord_Howe",
            "Australia/Sydney", "Europe/London", "Europe/Berlin", "Europe/Dublin", "Atlantic/Azores",
            "America/Santiago", "America/Nuuk", "UTC",
        ],
        id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly LocalDatePattern DayPattern = LocalDatePattern.Iso;

    private static readonly LocalDateTimePattern LocalPattern =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    public static void PickZoneAndAsOf(GeneratorDraft draft)
    {
        draft.Zone = draft.Pick(Zones);
        Instant asOf = AsOf(draft);
        draft.Today = asOf.InZone(draft.Zone).Date;
        string text = InstantPattern.General.Format(asOf);
        if (draft.Chance(0.12))
        {
            text = NaiveDates.Write(asOf.InZone(draft.Pick(Zones)));
        }

        draft.Request["asOf"] = text;
    }

    /// <summary>Sets the requested date: 1 leans to after all waits, -1 to within them, 0 to neither.</summary>
    public static void PickRequested(GeneratorDraft draft, int lean)
    {
        List<LocalDate> boundaries = draft.Boundaries.FindAll(day => day >= draft.Today.PlusDays(-1));
        LocalDate requested = draft.Today.PlusDays(draft.Between(0, draft.Chance(0.5) ? 20 : 60));
        if (boundaries.Count > 0 && draft.Chance(0.85))
        {
            LocalDate anchor = lean > 0 ? boundaries.Max() : draft.Pick(boundaries.ToArray());
            requested = lean > 0 ? anchor.PlusDays(draft.Between(1, 2)) : anchor.PlusDays(draft.Between(-1 + lean, 1));
        }

        draft.Requested = LocalDate.Max(requested, draft.Today);
        if (draft.Chance(0.08))
        {
            // No start: the question is today.
            draft.Requested = draft.Today;
        }
        else
        {
            draft.Appointment["start"] = Write(draft, Clock(draft, draft.Requested));
        }

        draft.Appointment["timeZone"] = draft.Zone.Id;
        GeneratorAnswers.PickAreas(draft);
    }

    public static void AddMoments(GeneratorDraft draft)
    {
        if (draft.Appointment.ContainsKey("start") && draft.Chance(0.15))
        {
            LocalDate day = draft.Requested.PlusDays(draft.Chance(0.03) ? -1 : draft.Pick(1, 1, 2));
            draft.Appointment["end"] = Write(draft, Clock(draft, day));
        }

        if (!draft.Chance(0.3))
        {
            return;
        }

        JsonArray slots = [];
        int count = draft.Chance(0.01) ? 100 : draft.Between(0, 4);
        for (int i = 0; i < count; i++)
        {
            LocalDate day = draft.Today.PlusDays(draft.Between(0, 45));
            if (draft.Boundaries.Count > 0 && draft.Chance(0.7))
            {
                day = draft.Pick(draft.Boundaries.ToArray()).PlusDays(draft.Between(-1, 2));
            }

            slots.Add(JsonValue.Create(Write(draft, Clock(draft, LocalDate.Max(day, draft.Today)))));
        }

        draft.Request["slots"] = slots;
    }

    /// <summary>The next local time that the zone skips, or null.</summary>
    public static string? Skipped(GeneratorDraft draft)
    {
        Instant from = draft.Today.PlusDays(2).AtStartOfDayInZone(draft.Zone).ToInstant();
        Instant through = from + Duration.FromDays(500);
        foreach (ZoneInterval interval in draft.Zone.GetZoneIntervals(from, through))
        {
            if (!interval.HasEnd || interval.End >= through)
            {
                return null;
            }

            LocalDateTime first = interval.IsoLocalEnd;
            if (draft.Zone.MapLocal(first).Count == 0)
            {
                return LocalPattern.Format(first.PlusMinutes(draft.Pick(0, 1, 15, 29)));
            }
        }

        return null;
    }

    private static Instant AsOf(GeneratorDraft draft)
    {
        LocalDate day = new LocalDate(2025, 1, 1).PlusDays(draft.Between(0, 1500));
        int roll = draft.Between(0, 99);
        if (roll < 12)
        {
            // Month ends.
            day = new LocalDate(day.Year, day.Month, 1).PlusMonths(1).PlusDays(draft.Between(-2, 0));
        }
        else if (roll < 24)
        {
            // Ends of February and of the year, leap years among them.
            int year = draft.Between(2025, 2033);
            day = draft.Pick(new LocalDate(year, 3, 1), new LocalDate(year + 1, 1, 1)).PlusDays(draft.Between(-3, 1));
        }
        else if (roll < 40)
        {
            // Around a clock change, or some time before it so that the waits run over it.
            ZoneInterval interval = draft.Zone.GetZoneInterval(day.AtMidnight().InUtc().ToInstant());
            if (interval.HasEnd)
            {
                Instant change = interval.End + Duration.FromMinutes(draft.Between(-90, 90));
                Instant moved = change - Duration.FromDays(draft.Pick(0, 0, 1, 5, 13, 14));
                return Earliest(moved);
            }
        }
        else if (roll < 43)
        {
            // The first day of the version; a zone to the west is then a day later in UTC.
            day = new LocalDate(2025, 1, 1);
        }

        LocalDate first = new(2025, 1, 1);
        ZonedDateTime moment = draft.Zone.AtLeniently(Clock(draft, LocalDate.Max(day, first)));

        // Around a skipped time the lenient answer may shift, never to before the first day.
        return moment.ToInstant();
    }

    private static Instant Earliest(Instant instant)
    {
        // Two days in, so that no zone is still in the year before.
        return Instant.Max(instant, Instant.FromUtc(2025, 1, 2, 12, 0));
    }

    private static LocalDateTime Clock(GeneratorDraft draft, LocalDate day)
    {
        LocalTime time = draft.Between(0, 9) switch
        {
            0 => new LocalTime(0, 0, 0),
            1 => new LocalTime(0, draft.Between(0, 59), 0),
            2 => new LocalTime(23, draft.Between(0, 59), 59),
            3 => new LocalTime(draft.Between(0, 4), draft.Pick(0, 30), 0),
            _ => new LocalTime(draft.Between(7, 19), draft.Pick(0, 15, 30, 45), 0),
        };
        return day + time;
    }

    private static string Write(GeneratorDraft draft, LocalDateTime local)
    {
        // A skipped time would be an error; of two equal ones either may be meant.
        ZonedDateTime moment = draft.Zone.AtLeniently(local);
        ZoneLocalMapping mapping = draft.Zone.MapLocal(moment.LocalDateTime);
        if (mapping.Count == 2 && draft.Chance(0.5))
        {
            moment = mapping.Last();
        }

        string text = draft.Between(0, 9) switch
        {
            < 6 => LocalPattern.Format(moment.LocalDateTime),
            6 => InstantPattern.General.Format(moment.ToInstant()),
            7 => NaiveDates.Write(moment.ToInstant().InZone(draft.Pick(Zones))),
            _ => NaiveDates.Write(moment),
        };

        // Web pages and some programs leave out seconds that are 0.
        return moment.Second == 0 && draft.Chance(0.2) ? text[..16] + text[19..] : text;
    }

    public static string Write(LocalDate day)
    {
        return DayPattern.Format(day);
    }
}
