using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Screening.Api.Decisions;
using Screening.Api.Receipts;
using Screening.Api.Tests.Screenings;
using Screening.Rules;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// Receipts that a service of years ago signed, with the time zones of then: in every zone of the world the decision comes out again, or
/// the zone is named as what changed. What else is otherwise is still seen.
/// </summary>
public sealed class OldZonesTests(ServiceFixture service)
{
    private static readonly TzdbDateTimeZoneSource Then = TzdbDateTimeZoneSource.FromStream(new MemoryStream(OldZones()));

    // The last evening of a wait, when another offset makes it the next day, and the first hour after it.
    private static readonly LocalDateTime[] Starts = [new(2026, 6, 18, 23, 30), new(2026, 6, 19, 0, 30)];

    private int skipped;

    [Fact]
    public async Task In_every_zone_a_decision_of_then_comes_out_again_or_its_zone_has_changed()
    {
        var results = new List<string>();
        foreach (var id in Then.GetIds().Where(id => ClinicZones.Find(id) is not null).Order(StringComparer.Ordinal))
        {
            foreach (var start in Starts)
            {
                if (SignedThen(Then.ForId(id), start) is not { } receipt)
                {
                    continue;
                }

                var answer = await service.VerifyAsync(receipt);
                var (result, why) = ((string)answer["replay"]!["result"]!, (string?)answer["replay"]!["why"]);
                Assert.True(result == "identical" || why == "time-zones-changed", $"{id} {start}: {answer.ToJsonString()}");
                Assert.Equal(HasChanged(receipt), result != "identical");
                results.Add(result);
                var altered = Disclosing.Changed(service, receipt, (payload, _, _) => payload["notBefore"] = "2026-07-01");
                Assert.Equal("differs", (string)(await service.VerifyAsync(altered))["replay"]!["result"]!);
            }
        }

        // Else it would have shown little: Mexico, Kazakhstan, Iran and others have other offsets since.
        Assert.True(skipped < results.Count / 100, $"{skipped} of {results.Count}");
        Assert.InRange(results.Count(result => result != "identical"), 40, results.Count / 4);
        Assert.NotEqual(Then.TzdbVersion, TzdbDateTimeZoneSource.Default.TzdbVersion);
    }

    /// <summary>True when an instant of the receipt has another offset today: all of its times are of June.</summary>
    private static bool HasChanged(string receipt)
    {
        var appointment = SignedDecisions.Payload(receipt)["appointment"]!;
        var start = OffsetDateTimePattern.ExtendedIso.Parse((string)appointment["start"]!).Value;
        return start.ToInstant().InZone(DateTimeZoneProviders.Tzdb[(string)appointment["timeZone"]!]).Offset != start.Offset;
    }

    /// <summary>The receipt of a decision with the zone of then; null where a request of today cannot ask for that.</summary>
    private string? SignedThen(DateTimeZone zone, LocalDateTime local)
    {
        var start = local.InZoneLeniently(zone);
        var asOf = new LocalDateTime(2026, 6, 1, 23, 45).InZoneLeniently(zone).ToInstant();
        var request = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-05" }]"""));
        request["asOf"] = InstantPattern.ExtendedIso.Format(asOf);
        request["appointment"]!["timeZone"] = zone.Id;
        request["appointment"]!["start"] = OffsetDateTimePattern.Rfc3339.Format(start.ToOffsetDateTime());
        var read = service.Services.GetRequiredService<ScreeningRequestReader>()
            .Read(Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, new InputErrors());
        if (read is null)
        {
            skipped++;
            return null;
        }

        var then = read with { Today = zone.DateAt(asOf), Appointment = read.Appointment with { Zone = zone, Start = start } };
        var receipt = ReceiptWriter.Write(
            service.Services.GetRequiredService<SigningKeys>().Signing!,
            new ReceiptOccasion("http://localhost", DecisionId.New(asOf), asOf, "screenings"),
            then,
            Screener.Screen(then.Intake, then.Appointment, then.Today));
        return Disclosing.Changed(service, receipt, (payload, _, _) => payload["tzdb"] = Then.TzdbVersion);
    }

    /// <summary>The data of the old package.</summary>
    private static byte[] OldZones()
    {
        using var library = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "OldZones", "NodaTime.dll")));
        var metadata = library.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(one => metadata.GetString(one.Name).EndsWith(".nzd", StringComparison.Ordinal));
        var data = library.GetSectionData(library.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
        data.Offset = (int)resource.Offset;
        return data.ReadBytes(data.ReadInt32());
    }
}
