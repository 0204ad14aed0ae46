using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>Dates and times of a record, at the clinic.</summary>
internal static class NaiveTimes
{
    /// <summary>A date as it stands; a moment as its date at the clinic.</summary>
    public static NaivePartialDate? Date(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        string text = (string)value!;
        if (!text.Contains('T', StringComparison.Ordinal))
        {
            return NaiveDates.Partial(text);
        }

        LocalDate day = NaiveDates.WithOffset(text)!.Value.ToInstant().InZone(NaiveRecord.Zone).Date;
        return new NaivePartialDate(false, day, day);
    }

    /// <summary>A date as an answer says it.</summary>
    public static string Text(NaivePartialDate date)
    {
        string first = NaiveDates.Write(date.First);
        return date.First == date.Last ? first : date.First.Month == date.Last.Month ? first[..7] : first[..4];
    }

    /// <summary>
    /// The dates on which something may have happened that takes place from one date to another: the first, the last, and those between
    /// that are to come. Without an end it may be any day, as late as today, and the first day that is to come.
    /// </summary>
    public static void Between(NaivePartialDate? from, NaivePartialDate? to, List<string> happened)
    {
        if (to is null)
        {
            happened.Add("unknown");
            if (from?.Last > NaiveRecord.Today)
            {
                happened.Add(Text(from));
            }

            return;
        }

        happened.Add(Text(to));
        if (from is not null)
        {
            happened.Add(Text(from));
        }

        LocalDate day = from is null || from.First < NaiveRecord.Today ? NaiveRecord.Today : from.First;
        for (; day <= to.Last; day = day.PlusDays(1))
        {
            happened.Add(NaiveDates.Write(day));
        }
    }
}
