using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime.Text;
using Screening.Api.Tests.Pages;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>A form that a person filled in gives the decision of the request that says the same.</summary>
public sealed partial class WorkedFormTests(TimedService service) : IClassFixture<TimedService>
{
    public static TheoryData<string, string, string> Cases => new(
        from name in FilledInForm.Cases.Keys
        from reader in ((string, string)[])[("en", "clinician"), ("es", "patient")]
        select (name, reader.Item1, reader.Item2));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_worked_case_is_decided_as_its_request_is(string name, string language, string audience)
    {
        var worked = FilledInForm.Cases[name];
        service.Clock.Reset(InstantPattern.ExtendedIso.Parse((string)worked["asOf"]!).Value);
        var request = FilledInForm.Sayable(worked);
        if (audience == "patient")
        {
            // Staff alone record a clearance.
            request.Remove("clearances");
        }

        using var rest = await service.PageAsync(request, "?audience=" + audience, language);
        var (status, html) = await service.AnswerAsync(FilledInForm.Of(request, language, audience, "decide-anyway"));
        Assert.Equal((int)rest.StatusCode, status);
        if (status == 200)
        {
            Assert.Equal(Decision(await rest.Content.ReadAsStringAsync()), Decision(html));
            await SlotsAreAnsweredAsync(worked, request, language, audience);
            return;
        }

        var errors = JsonNode.Parse(await rest.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        Assert.NotEmpty(errors);
        Assert.Contains("class=\"errors\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"followup\"", html, StringComparison.Ordinal);
        Assert.All(errors, error => Assert.Contains(Block((string)error!["pointer"]!, request), Told(html)));
    }

    [Fact]
    public void There_are_forty_cases() => Assert.Equal(40, FilledInForm.Cases.Count);

    /// <summary>What lacks an answer is told beside it, once, and nothing is decided until staff ask for it.</summary>
    [Fact]
    public async Task What_is_missing_is_told_beside_its_question()
    {
        service.Clock.Reset(ServiceFixture.Now);
        var request = FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]);
        request["answers"]!.AsObject().Remove("pregnancy");
        request["answers"]!["topicalRetinoidUse"] = "stopped";
        request["answers"]!["metalPlates"] = new JsonArray("face");
        request["appointment"]!.AsObject().Remove("areas");
        foreach (var audience in (string[])["clinician", "patient"])
        {
            var (status, html) = await service.AnswerAsync(FilledInForm.Of(request, audience: audience));
            Assert.Equal(422, status);
            Assert.Equal(["q-pregnancy", "q-topicalRetinoidLastUsed", "q-treatmentAreas"], Told(html));
            Assert.DoesNotContain("class=\"followup\"", html, StringComparison.Ordinal);
            Assert.Equal(audience == "clinician", html.Contains("value=\"decide-anyway\"", StringComparison.Ordinal));
        }

        // Beside something that is wrong, too.
        request["answers"]!["isotretinoinUse"] = "never";
        request["answers"]!["isotretinoinLastTaken"] = "2020";
        var (wrong, both) = await service.AnswerAsync(FilledInForm.Of(request));
        Assert.Equal(422, wrong);
        Assert.Equal(["q-isotretinoinLastTaken", "q-pregnancy", "q-topicalRetinoidLastUsed", "q-treatmentAreas"], Told(both));
        Assert.DoesNotContain("value=\"decide-anyway\"", both, StringComparison.Ordinal);
    }

    internal static string[] Told(string html) =>
        [.. ToldIds().Matches(html).Select(match => match.Groups["id"].Value).Order(StringComparer.Ordinal)];

    private async Task SlotsAreAnsweredAsync(JsonObject worked, JsonObject request, string language, string audience)
    {
        if (worked["slots"] is not JsonArray slots)
        {
            return;
        }

        var fields = FilledInForm.Of(request, language, audience, "dates");
        foreach (var (index, slot) in slots.Index())
        {
            var parts = ((string)slot!).Split('T');
            fields.Add(($"slots.{index + 1}.date", parts[0]));
            fields.Add(($"slots.{index + 1}.time", parts[1]));
        }

        request["slots"] = slots.DeepClone();
        var (_, decision) = await service.ScreenAsync(request);
        var (status, html) = await service.AnswerAsync(fields);
        Assert.Equal(200, status);
        var bookable = decision["slots"]!.AsArray().Index()
            .Where(slot => (bool)slot.Item!["bookable"]!).Select(slot => $"take.{slot.Index + 1}");
        Assert.Equal(bookable, Takes().Matches(html).Select(match => match.Groups["take"].Value));
        Assert.Equal(slots.Count, Rows().Count(html));
    }

    /// <summary>The part of the page where an error of a request stands.</summary>
    internal static string Block(string pointer, JsonObject request)
    {
        return pointer.Split('/') switch
        {
            [_, "answers", var question, ..] => "q-" + question,
            [_, "clearances", var position, "ruleId"] => "c-clearances-" + RuleOf(position),
            [_, "clearances", var position, var part] => $"c-{part}-{RuleOf(position)}",
            _ => "when",
        };

        string RuleOf(string position) =>
            (string)request["clearances"]![int.Parse(position, CultureInfo.InvariantCulture)]!["ruleId"]!;
    }

    /// <summary>What a page says of a decision, without what is its own.</summary>
    internal static string Decision(string html) =>
        Own().Replace(html[html.IndexOf("<main>", StringComparison.Ordinal)..], string.Empty);

    [GeneratedRegex(
        @"<section class=""followup"">.*?</section>|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        RegexOptions.Singleline,
        1000)]
    private static partial Regex Own();

    [GeneratedRegex(@"class=""error"" id=""e-(?<id>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ToldIds();

    [GeneratedRegex(@"value=""(?<take>take\.\d+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Takes();

    [GeneratedRegex(@"<th scope=""row"">\d+\. ", RegexOptions.None, 1000)]
    private static partial Regex Rows();
}
