using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Whatever is asked at a hook, of whomever, in whatever zone: no card contradicts itself.</summary>
public sealed class CdsContradictionLawTests(ServiceFixture service)
{
    private static readonly int Calls = GeneratedRun.Count(250, 5_000);
    private static readonly string?[] Zones = [null, null, "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
    private static readonly OffsetDateTimePattern Starts =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<Z+HH:mm>");

    private static readonly (string Question, string Answer)[] Changes =
    [
        ("pregnancy", "\"yes\""), ("pregnancy", "null"), ("skinCancer", "\"past\""), ("skinConditions", "[\"unknown\"]"),
        ("isotretinoinUse", "\"unknown\""), ("herpesSimplexHistory", "\"yes\""),
        ("topicalRetinoidUse", "\"current\""), ("injections", "\"unknown\""), ("injections", "null"),
    ];

    [Fact]
    public async Task No_card_contradicts_itself()
    {
        var random = GeneratedRun.Random(13);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Calls; i++)
        {
            var (call, path, count) = random.Next(5) == 0 ? (CdsCalls.View(Answers(random)), CdsCalls.Opened, 1) : Booking(random);
            if (random.Next(8) == 0)
            {
                call["prefetch"]!.AsObject().Remove("questionnaireResponses");
            }

            var language = random.Next(2) == 0 ? "en" : "es";
            var cards = await service.CardsAsync(call, path, language);
            Assert.Equal(count, cards.Count);
            foreach (var status in cards.Select(card => CardLaw.Hold(card, language) ?? "none"))
            {
                counts[status] = counts.GetValueOrDefault(status) + 1;
            }
        }

        // Else it would have shown little.
        GeneratedRun.Show(counts.Select(one => (one.Key, one.Value)));
        Assert.All(
            ["eligible", "conditional", "deferred", "review", "incomplete", "ineligible", "none"],
            status => Assert.True(counts.GetValueOrDefault(status) > Calls / 100, status));
    }

    private static (JsonObject Call, string Path, int Cards) Booking(Random random)
    {
        var rest = Answers(random);
        var injected = rest["answers"]!["injections"] is JsonArray { Count: 1 } list ? (string)list[0]!["date"]! : null;
        var call = CdsCalls.Booking(rest);
        var appointments = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Appointment(rest, injected, random)).ToArray();
        call["context"]!["appointments"] = CdsCalls.Bundle(appointments);
        return (call, CdsCalls.Book, appointments.Length);
    }

    /// <summary>Nothing to report but for a few answers, and often an injection that blocks dates close to the appointments.</summary>
    private static JsonObject Answers(Random random)
    {
        var rest = Requests.NothingToReport();
        foreach (var (question, answer) in random.GetItems(Changes, random.Next(0, 3)))
        {
            rest.With(question, JsonNode.Parse(answer));
        }

        if (random.Next(2) == 0)
        {
            var date = new LocalDate(2026, 5, 18).PlusDays(random.Next(0, 40));
            rest.With("injections", new JsonArray(new JsonObject { ["product"] = "filler", ["date"] = LocalDatePattern.Iso.Format(date) }));
        }

        return rest;
    }

    /// <summary>
    /// An appointment of the next days, at whatever hour and offset, often where an injection begins or ceases to block; now and then it
    /// starts in the past or cannot be read.
    /// </summary>
    private static JsonObject Appointment(JsonObject rest, string? injected, Random random)
    {
        var appointment = CdsCalls.Appointment(rest);
        appointment.Remove("end");
        appointment.Remove("extension");
        if (Zones[random.Next(Zones.Length)] is { } zone)
        {
            appointment["extension"] = new JsonArray(
                new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/timezone", ["valueCode"] = zone });
        }

        var instant = injected is not null && random.Next(2) == 0
            ? Date(injected).PlusDays(random.Next(2) == 0 ? -14 : 14).AtMidnight().InUtc().ToInstant()
                + Duration.FromHours(random.Next(-26, 50))
            : ServiceFixture.Now + Duration.FromHours(random.Next(-12, 24 * 28)) + Duration.FromMinutes(random.Next(0, 60));
        appointment["start"] = random.Next(20) == 0 ? "soon" : Starts.Format(instant.WithOffset(Offset.FromHours(random.Next(-11, 15))));
        appointment["id"] = "apt" + random.Next(1000).ToString(CultureInfo.InvariantCulture);
        return appointment;
    }

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
