using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

// Chosen by a seed, so that a failure can be repeated; nothing here is a secret.

namespace Screening.Api.Tests.Reference;

/// <summary>One request in the making.</summary>
internal sealed class GeneratorDraft(Random random)
{
    public Random Random { get; } = random;

    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    /// <summary>The as-of date at the clinic.</summary>
    public LocalDate Today { get; set; }

    public LocalDate Requested { get; set; }

    public JsonObject Request { get; } = [];

    public JsonObject Appointment { get; } = [];

    public JsonObject Answers { get; } = [];

    /// <summary>Last days of waits, and the days before they begin: where off-by-one errors show.</summary>
    public List<LocalDate> Boundaries { get; } = [];

    public bool Chance(double probability)
    {
        return Random.NextDouble() < probability;
    }

    public T Pick<T>(params T[] values)
    {
        return values[Random.Next(values.Length)];
    }

    /// <summary>A number, both ends included.</summary>
    public int Between(int from, int through)
    {
        return Random.Next(from, through + 1);
    }

    public JsonArray Some(string[] codes, int atMost)
    {
        JsonArray list = [];
        foreach (string code in codes.OrderBy(_ => Random.Next()).Take(Between(1, atMost)))
        {
            list.Add(JsonValue.Create(code));
        }

        return list;
    }

    /// <summary>The date in full or cut down; what the words then mean at worst is noted as a boundary by the caller.</summary>
    public NaivePartialDate Cut(LocalDate date, out string text)
    {
        int roll = Between(0, 99);
        if (roll < 66)
        {
            text = NaiveDates.Write(date);
        }
        else if (roll < 92)
        {
            text = NaiveDates.Write(date)[..7];
        }
        else
        {
            text = date.Year.ToString(CultureInfo.InvariantCulture);
        }

        return NaiveDates.Partial(text)!;
    }
}
