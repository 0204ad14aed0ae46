using System.Text;
using System.Text.Json.Nodes;
using Ical.Net;
using Screening.Api.Tests.CarePlans;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Field;

/// <summary>
/// Inputs modelled on what real servers send. What each should give is written here from the table that came with them (<c>Cases/field/README.md</c>).
/// </summary>
public sealed class FieldCaseTests(FieldService service) : IClassFixture<FieldService>
{
    private static readonly SortedDictionary<string, Action<FieldAnswer>> Expected = new(StringComparer.Ordinal)
    {
        ["fhir-appointment-requestedPeriod-without-start"] = answer => answer.IsRefused(422, "start-needed", "Parameters.parameter[1].resource.start"),
        ["fhir-two-time-zones-fail-open"] = answer => answer.IsRefused(422, "contradictory-time-zones", "Parameters.parameter[1].resource.extension[0].value"),
        ["appointment-of-another-patient.hook"] = answer =>
        {
            Assert.Equal(("critical", false), (answer.Card.Text("indicator"), answer.Card.ContainsKey("extension")));
            Assert.EndsWith(": could not be screened", answer.Card.Text("summary"), StringComparison.Ordinal);
        },
        ["null-for-empty.hook"] = answer => answer.IsBookable(reservation: false),
        ["epic-4119-warning-beside-form.hook"] = answer =>
        {
            answer.IsBookable(reservation: false);
            Assert.Contains("- Intake forms: the record system adds a warning", answer.Card.Text("detail"), StringComparison.Ordinal);
        },
        ["qr-empty-repeating-group-beside-no"] = answer => answer.Is("eligible"),
        ["injection-without-date.hook"] = answer =>
        {
            answer.Is("incomplete");
            Assert.Equal("injections", (string)Assert.Single(answer.Decision["missing"]!.AsArray())!["question"]!);
            Assert.Contains("  - When was it, or when is it planned?", answer.Card.Text("detail"), StringComparison.Ordinal);
        },
        ["qr-questionnaire-relative-reference"] = answer => answer.Is("eligible"),
        ["fhir-screen-response-authored-two-years-ago"] = answer =>
        {
            answer.Is("eligible");
            Assert.Equal(["old"], answer.Messages);
        },
        ["rest-start-without-seconds-datetime-local"] = answer =>
        {
            answer.Is("eligible");
            Assert.Equal("2026-12-18T10:30:00-05:00", (string)answer.Body["appointment"]!["start"]!);
        },
        ["clearance-of-2199.request"] = answer => answer.IsRefused(422, "date-after-as-of", "/clearances/0/on"),

        // What a record says.
        ["record-warfarin-in-words-alone"] = answer => answer.IsRaised("anticoagulant"),
        ["record-warfarin-rxnorm-product-code"] = answer => answer.IsRaised("anticoagulant"),
        ["condition-text-only-pregnancy.hook"] = answer => answer.IsRaised("pregnancy"),
        ["observation-loinc-pregnant-LA15173-0.hook"] = answer => answer.Is("ineligible"),
        ["warfarin-once-per-24-hours.hook"] = answer => answer.Is("ineligible"),
        ["medication-absent.hook"] = answer => answer.IsBookable(reservation: true),
        ["psoriasis-system-with-slash.hook"] = answer => answer.IsRaised("psoriasis"),
        ["psoriasis-system-with-https.hook"] = answer => answer.IsRaised("psoriasis"),
        ["psoriasis-system-with-version.hook"] = answer => answer.IsRaised("psoriasis"),
        ["psoriasis-display-without-system.hook"] = answer => Assert.False((bool)answer.Decision["bookable"]!),
        ["psoriasis-code-without-system.hook"] = answer => answer.IsBookable(reservation: true),
        ["said-none-shown-daily.hook"] = answer =>
        {
            answer.Is("ineligible");
            Assert.Equal("none", (string)answer.EvidenceOf("anticoagulant-daily")[0]!["answer"]!);
        },
        ["said-none-shown-daily.screen"] = answer =>
        {
            answer.Is("ineligible");
            var evidence = Assert.Single(answer.Body.Resources("DetectedIssue"))["evidence"]![0]!;
            Assert.Equal("none", (string)evidence["code"]![1]!["coding"]![0]!["code"]!);
        },

        // What is broken.
        ["member-without-a-name.screen"] = answer => Assert.Equal(400, answer.Status),
        ["member-without-a-name.hook"] = answer => answer.IsBookable(reservation: true),
        ["abstract-type.hook"] = answer => answer.IsBookable(reservation: true),
    };

    /// <summary>The calendars, by the onsets of their zone.</summary>
    private static readonly SortedDictionary<string, string[]> ExpectedCalendars = new(StringComparer.Ordinal)
    {
        ["care-plan-dublin-all-standard.request"] = ["DAYLIGHT 03-29 +01", "STANDARD 10-26 +00"],
        ["care-plan-no-end.request"] = ["STANDARD 01-01 -05"],
        ["care-plan-sao-paulo.request"] = ["STANDARD 01-01 -03"],
    };

    public static TheoryData<string> CalendarInputs => [.. ExpectedCalendars.Keys];

    public static TheoryData<string> Inputs => [.. Expected.Keys];

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task An_input_from_the_field_gives_what_it_should(string name)
    {
        var input = FieldInputs.Read(name);
        using var content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(FieldInputs.PathOf(name, input), content);
        Expected[name](new FieldAnswer((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!.AsObject()));
    }

    [Theory]
    [MemberData(nameof(CalendarInputs))]
    public async Task A_calendar_has_the_zone_that_its_plan_needs_and_every_entry_an_end(string name)
    {
        var text = await CarePlans.CarePlans.CalendarAsync(service, FieldInputs.Read(name));
        Assert.Equal(ExpectedCalendars[name], CalendarText.Read(text).Onsets.OrderBy(onset => onset.Name, StringComparer.Ordinal).Select(onset => $"{onset.Name} {onset.Start:MM-dd} {onset.To}"));
        Assert.All(Calendar.Load(text)!.Events, entry => Assert.NotNull(entry.DtEnd));
    }

    [Fact]
    public void Every_input_has_an_expectation() =>
        Assert.Equal(FieldInputs.Files.Concat(FieldInputs.Described.Keys).Order(StringComparer.Ordinal), Expected.Keys.Concat(ExpectedCalendars.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void The_inputs_are_those_that_were_handed_over()
    {
        var original = Repository.Path("../shared/cases/field");
        if (!Directory.Exists(original))
        {
            return;
        }

        Assert.All(Directory.EnumerateFiles(original), path => Assert.Equal(File.ReadAllText(path), File.ReadAllText(Path.Combine(Path.GetDirectoryName(FieldInputs.FileOf("x"))!, Path.GetFileName(path)))));
        Assert.Equal(FieldInputs.Files.Count, Directory.EnumerateFiles(original, "*.json").Count());
    }
}
