using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>One blocked interval of local dates, both ends inclusive; a null beginning is open.</summary>
internal sealed record NaiveWait(string RuleId, LocalDate? From, LocalDate Through, LocalDate Assumed)
{
    public bool Blocks(LocalDate date)
    {
        return (From is null || date >= From.Value) && date <= Through;
    }
}

/// <summary>The blocked intervals of one request, in protocol order. None depends on the requested date.</summary>
internal static class NaiveWaits
{
    public static List<NaiveWait> Of(NaiveRequest request, LocalDate today)
    {
        List<NaiveWait> waits = [];
        AddRetinoid(waits, request, today);
        AddHerpes(waits, request, today);
        AddInjections(waits, request, today);
        return waits;
    }

    /// <summary>The first date that no interval holds, on or after the given one.</summary>
    public static LocalDate FirstFree(List<NaiveWait> waits, LocalDate from)
    {
        LocalDate date = from;
        while (true)
        {
            NaiveWait? blocking = waits.Find(wait => wait.Blocks(date));
            if (blocking is null)
            {
                return date;
            }

            date = blocking.Through.PlusDays(1);
        }
    }

    /// <summary>The first date that some interval holds, after the given one; null = never again.</summary>
    public static LocalDate? FirstBlocked(List<NaiveWait> waits, LocalDate after)
    {
        LocalDate? first = null;
        foreach (NaiveWait wait in waits)
        {
            if (wait.From is not null && wait.From.Value > after && (first is null || wait.From.Value < first.Value))
            {
                first = wait.From.Value;
            }
        }

        return first;
    }

    private static void AddRetinoid(List<NaiveWait> waits, NaiveRequest request, LocalDate today)
    {
        string? use = request.Code("topicalRetinoidUse");
        NaivePartialDate? lastUsed = request.RetinoidLastUsed;
        LocalDate last;
        if (use == "stopped" && lastUsed is not null)
        {
            // It has ended, so at the latest today.
            last = lastUsed.IsUnknown || lastUsed.Last > today ? today : lastUsed.Last;
        }
        else if (use == "current")
        {
            // Planned, so it may well lie ahead of today.
            last = lastUsed is null || lastUsed.IsUnknown ? today : lastUsed.Last;
        }
        else
        {
            return;
        }

        waits.Add(new NaiveWait("topical-retinoid", null, last.PlusDays(13), last));
    }

    private static void AddHerpes(List<NaiveWait> waits, NaiveRequest request, LocalDate today)
    {
        if (request.Code("herpesSimplexHistory") != "yes")
        {
            return;
        }

        LocalDate start = request.AntiviralStart ?? today;
        waits.Add(new NaiveWait("herpes-prophylaxis", null, start.PlusDays(4), start));
    }

    private static void AddInjections(List<NaiveWait> waits, NaiveRequest request, LocalDate today)
    {
        if (request.Injections is null)
        {
            return;
        }

        foreach (NaiveInjection injection in request.Injections)
        {
            if (injection.Date.IsUnknown)
            {
                waits.Add(new NaiveWait("filler-or-toxin-injection", null, today.PlusDays(13), today));
            }
            else
            {
                waits.Add(new NaiveWait(
                    "filler-or-toxin-injection",
                    injection.Date.First.PlusDays(-13),
                    injection.Date.Last.PlusDays(13),
                    injection.Date.Last));
            }
        }
    }
}
