using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Pages;
using Screening.Api.Screenings;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>The page says what the decision says, in words.</summary>
public sealed class DecisionPageTests(ServiceFixture service)
{
    public static TheoryData<string, string, string> Pages =>
        new(from status in PageRequests.All.Keys from language in (string[])["en", "es"] from audience in (string[])["clinician", "patient"] select (status, language, audience));

    private ProtocolDocument Protocol => service.Services.GetRequiredService<ProtocolCatalog>().Families.Single(family => family.Id == "sublative-rf").Versions[^1].Document;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_says_the_status_and_every_reason_with_its_source(string status, string language, string audience)
    {
        var (decision, text, html) = await GetAsync(status, language, audience);
        var eligibility = Enum.GetValues<Eligibility>().Single(value => WireName.Of(value) == status);
        var headline = ReportTexts.Headline(eligibility);
        Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\">\n", html, StringComparison.Ordinal);
        Assert.Equal(status, (string)decision["eligibility"]!);
        Assert.Single(Regex.Matches(html, "<h1>", RegexOptions.NonBacktracking));
        Assert.Contains(In(headline.Patient, language), text, StringComparison.Ordinal);
        Assert.Equal(audience == "clinician", text.Contains(In(headline.Clinician, language), StringComparison.Ordinal));

        foreach (var reason in decision["reasons"]!.AsArray())
        {
            // Whom the list excludes is not asked to do anything about what is merely not known or would have been needed.
            var moot = status != "ineligible" ? null
                : (string)reason!["outcome"]! == "undetermined" ? "report.moot"
                : (string)reason["effect"]! == "require" ? "report.requirementMoot"
                : null;
            Assert.Equal(moot is null, text.Contains((string)reason!["patientMessage"]!, StringComparison.Ordinal));
            Assert.True(moot is null || text.Contains(In(Words.Text(moot), language), StringComparison.Ordinal));
            Assert.Contains(In(Words.Text("report.source"), language).With("document", (string)reason["source"]!["document"]!).With("line", reason["source"]!["line"]!.ToString()), text, StringComparison.Ordinal);
            if (audience == "clinician")
            {
                Assert.Contains((string)reason["message"]!, text, StringComparison.Ordinal);
                Assert.Contains($"<code>{reason["ruleId"]}</code>", html, StringComparison.Ordinal);
            }
        }

        foreach (var missing in decision["missing"]!.AsArray())
        {
            Assert.Contains((string)missing!["text"]!, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_shows_the_evidence_in_words(string status, string language, string audience)
    {
        var (decision, text, _) = await GetAsync(status, language, audience);
        foreach (var evidence in decision["reasons"]!.AsArray().SelectMany(reason => reason!["evidence"]!.AsArray()))
        {
            var question = Protocol.Questions.Append(Protocol.TreatmentAreas).Single(q => q.Id == (string)evidence!["question"]!);
            Assert.Contains("\n" + In(question.Text, language) + "\n", text, StringComparison.Ordinal);
            foreach (var said in evidence!["answer"] is JsonArray list ? list : [evidence["answer"]!.DeepClone()])
            {
                // Dates are looked at below.
                var words = said is JsonObject one ? In(((EventsQuestion)question).Kind.Options.Single(o => o.Code == (string)one["product"]!).Label, language) + ", "
                    : question.Codes.FirstOrDefault(o => o.Code == (string)said!) is { } option ? In(option.Label, language) + "\n"
                    : string.Empty;
                Assert.Contains("\n" + words, text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("deferred", "en", "24 December 2026|27 November 2026 through 23 December 2026|from 6 March 2027 on|November 2026|20 February 2027|counted as 22 November 2026|Friday 18 December 2026, 10:30|Sunday 22 November 2026, 10:00 clinic time|Thursday 24 December 2026, 09:00")]
    [InlineData("deferred", "es", "24 de diciembre de 2026|del 27 de noviembre de 2026 al 23 de diciembre de 2026|desde el 6 de marzo de 2027|noviembre de 2026|viernes 18 de diciembre de 2026, 10:30")]
    [InlineData("conditional", "en", "Last day of use: 4 December 2026, or earlier|Start on 13 December 2026, or earlier|Go on through 23 December 2026, or longer|from 15 December 2026 on")]
    [InlineData("conditional", "es", "Último día de uso: 4 de diciembre de 2026, o antes|Empezar el 13 de diciembre de 2026, o antes")]
    [InlineData("review", "en", "Cleared by Dr A. Example on 20 November 2026|January 2025|through 26 November 2026")]
    [InlineData("eligible", "en", "16 February 2026 through 13 April 2026|from 22 November 2026 on|Filler, March 2026")]
    public async Task It_writes_dates_out(string status, string language, string parts)
    {
        var (_, text, _) = await GetAsync(status, language, "patient");
        Assert.All(parts.Split('|'), part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    /// <summary>A title stands in a browser's history, on a tab and in the head of a printed page.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Its_title_does_not_tell_the_result(string status, string language, string audience)
    {
        var (_, _, html) = await GetAsync(status, language, audience);
        var words = language == "es" ? "Comprobación" : "Screening";
        Assert.Contains($"<title>{words} · {In(Protocol.Title, language)}</title>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_what_it_was_decided_by()
    {
        var (decision, text, _) = await GetAsync("review", "en", "clinician");
        foreach (var part in (string[])["bk-20931", "Sunday 22 November 2026, 10:00 clinic time (2026-11-22T15:00:00Z)", "sublative-rf@1.0.0", (string)decision["protocol"]!["digest"]!, "America/New_York", "review", "26, of which 22 do not apply"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.Matches("Decision id\n\n?[0-9a-f-]{36}\n", text);
    }

    [Fact]
    public async Task Nothing_for_staff_alone_is_on_the_page_for_the_patient()
    {
        var (_, staff, staffHtml) = await GetAsync("review", "en", "clinician");
        var (_, patient, patientHtml) = await GetAsync("review", "en", "patient");
        Assert.Contains("Seen in the clinic.", staff, StringComparison.Ordinal);
        Assert.Contains("id=\"to-patient\"", staffHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Seen in the clinic.", patient, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", patientHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"for-", patientHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("herpes-prophylaxis", patient, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_be_treated_is_told_no_day_to_begin_a_medicine()
    {
        var (decision, text, _) = await GetAsync("ineligible", "en", "patient");
        Assert.NotEmpty(decision["requirements"]!.AsArray());
        Assert.DoesNotContain("Start on", text, StringComparison.Ordinal);
        Assert.Contains("Would also have been needed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_protocol_has_its_own_words()
    {
        var catalog = ProtocolFiles.Load(Repository.Path("tests/Screening.Api.Tests/Protocols"));
        var request = new ScreeningRequestReader(() => catalog, new ScreeningEnvelopeValidator().Validate).Read(
            """{ "protocol": "made-up-peel", "appointment": { "timeZone": "UTC", "start": "2026-06-10T10:00:00Z" }, "asOf": "2026-06-01T12:00:00Z", "answers": { "sunburn": "severe", "scarsAt": [], "hairRemovals": [], "acidToner": "no" } }"""u8,
            NodaTime.Instant.MinValue,
            new InputErrors())!;
        using var output = new Utf8Output(1024);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        DecisionPage.Write(output, DecisionReport.Of(ReportSource.Of(Guid.Empty, request, decision, Language.English)), Audience.Clinician);
        var text = PageClient.Text(System.Text.Encoding.UTF8.GetString(output.Written.Span));
        Assert.Contains("Made-up peel, for tests only", text, StringComparison.Ordinal);
        Assert.Contains("Is the skin burnt by the sun?", text, StringComparison.Ordinal);
    }

    private async Task<(JsonObject Decision, string Text, string Html)> GetAsync(string status, string language, string audience)
    {
        var request = PageRequests.All[status]();
        var html = await service.HtmlAsync(request, "?audience=" + audience, language);
        return (await service.JsonAsync(request, language), PageClient.Text(html), html);
    }

    private static string In(LocalizedText text, string language) => text.In(language == "es" ? Language.Find("es")! : Language.English);
}
