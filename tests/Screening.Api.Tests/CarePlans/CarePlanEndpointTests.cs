using System.Net;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CarePlans;

public sealed class CarePlanEndpointTests(ServiceFixture service)
{
    private static readonly string[] Conditional =
        ["isotretinoin-tell", "antiviral-course", "herpes-may-recur", "nectar-prepare", "nectar-continue", "restorative-complex", "gentle-moisturiser"];

    [Fact]
    public async Task The_answer_has_the_members_of_the_contract_in_their_order()
    {
        var (_, plan) = await PlanAsync(Requests.NothingToReport());
        Assert.Equal(["decisionId", "eligibility", "bookable", "protocol", "appointment", "steps", "risks"], plan.Select(member => member.Key));
        Assert.Equal(7, Guid.Parse((string)plan["decisionId"]!).Version);
        Assert.Equal("eligible", (string)plan["eligibility"]!);
        Assert.True((bool)plan["bookable"]!);
        Assert.Equal(["id", "version", "digest"], plan["protocol"]!.AsObject().Select(member => member.Key));
        Assert.Equal("2026-06-10T10:00:00-07:00", (string)plan["appointment"]!["start"]!);

        Assert.All(plan["steps"]!.AsArray(), step =>
        {
            string[] members = [.. step!.AsObject().Select(member => member.Key)];
            Assert.Equal(["id", "phase", "kind", "text", "source"], members[..5]);
            Assert.True(members[5..] is ["startsOn", "endsOn"] or ["startsAt", "endsAt"], (string)step["id"]!);
            Assert.Contains((string)step["kind"]!, (string[])["do", "avoid", "may", "expect", "tell"]);
            Assert.NotEmpty((string)step["text"]!);
            Assert.Equal(["document", "line"], step["source"]!.AsObject().Select(member => member.Key));
        });
    }

    [Fact]
    public async Task Each_step_and_risk_names_its_line_of_the_source()
    {
        var (_, first) = await PlanAsync(CarePlans.Personal("Europe/Madrid", "2026-05-01T00:00:00Z", "2026-06-10T10:00:00", "2026-06-10T11:00:00", "yes"));
        var (_, second) = await PlanAsync(CarePlans.Personal("Europe/Madrid", "2026-05-01T00:00:00Z", "2026-06-10T10:00:00", "2026-06-10T11:00:00", "no"));
        var lines = first["steps"]!.AsArray().Concat(second["steps"]!.AsArray()).Select(step => $"{step!["source"]!["line"]} {step["id"]}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            ((string[])[
                "2 topical-retinoid-stop", "2 topical-retinoid-pause", "4 isotretinoin-tell", "6 antiviral-course", "6 herpes-may-recur", "8 numbing-cream-collect", "8 numbing-cream-apply",
                "10 nectar-prepare", "35 discomfort-normal", "35 discomfort-persists", "38 scabs-appear", "38 scabs-untouched", "41 treated-site-protected", "43 vinegar-spray",
                "46 face-wash-waits", "46 nectar-continue", "46 restorative-complex", "46 gentle-moisturiser", "49 usual-skincare", "49 alcohol-toner-pause",
                "52 vigorous-activity-pause", "52 excessive-heat-pause", "52 sun-exposure-pause", "55 swelling-normal", "55 ice-pack", "58 redness-normal", "58 hydrocortisone", "61 makeup",
                "64 sun-and-tanning-pause", "64 shade-outdoors", "67 sunscreen",
            ]).Order(StringComparer.Ordinal),
            lines);
        Assert.Equal(
            ["71 redness", "73 swelling", "75 bronzing", "77 brown-crusting", "79 hyperpigmentation", "81 hypopigmentation", "83 scarring"],
            first["risks"]!.AsArray().Select(risk => $"{risk!["source"]!["line"]} {risk["id"]}"));
    }

    [Theory]
    [InlineData("never", "no", null, "gentle-moisturiser")]
    [InlineData("never", "no", "no", "gentle-moisturiser")]
    [InlineData("never", "no", "yes", "nectar-prepare nectar-continue restorative-complex")]
    [InlineData("never", "yes", null, "antiviral-course herpes-may-recur gentle-moisturiser")]
    [InlineData("past", "no", null, "isotretinoin-tell gentle-moisturiser")]
    [InlineData("current", "no", null, "isotretinoin-tell gentle-moisturiser")]
    [InlineData("unknown", "no", null, "isotretinoin-tell gentle-moisturiser")]
    [InlineData(null, "no", null, "isotretinoin-tell gentle-moisturiser")]
    [InlineData("never", "unknown", null, "gentle-moisturiser")]
    [InlineData("never", null, null, "gentle-moisturiser")]
    public async Task A_step_is_shown_by_what_was_said(string? isotretinoin, string? herpes, string? kit, string shown)
    {
        var request = Requests.NothingToReport().With("isotretinoinUse", isotretinoin).With("herpesSimplexHistory", herpes).With("skincareKit", kit);
        var (status, plan) = await PlanAsync(request, "?preview=true");
        Assert.Equal(200, status);
        string[] ids = [.. plan["steps"]!.AsArray().Select(step => (string)step!["id"]!)];
        Assert.Equal(shown.Split(' ').Order(StringComparer.Ordinal), ids.Intersect(Conditional).Order(StringComparer.Ordinal));
        Assert.Equal(24, ids.Except(Conditional).Count());
    }

    [Theory]
    [InlineData("pregnancy", "yes", "ineligible")]
    [InlineData("pregnancy", null, "incomplete")]
    [InlineData("isotretinoinUse", "past", "review")]
    [InlineData("topicalRetinoidUse", "current", "deferred")]
    public async Task An_appointment_that_is_not_bookable_has_no_plan_but_a_preview(string question, string? answer, string eligibility)
    {
        var request = Requests.NothingToReport().With(question, answer);
        var (status, problem) = await PlanAsync(request, "?preview=false");
        Assert.Equal((422, "/problems/not-bookable"), (status, (string)problem["type"]!));
        (status, problem) = await PlanAsync(request);
        Assert.Equal((422, "/problems/not-bookable"), (status, (string)problem["type"]!));
        Assert.DoesNotContain(question, problem.ToJsonString(), StringComparison.Ordinal);
        using (var calendar = await CarePlans.PostAsync(service, request, accept: "text/calendar"))
        {
            Assert.Equal("application/problem+json", calendar.Content.Headers.ContentType?.ToString());
        }

        using (var cancelled = await CarePlans.PostAsync(service, request, "?cancel=true", "text/calendar"))
        {
            Assert.Equal(200, (int)cancelled.StatusCode);
        }

        (status, var plan) = await PlanAsync(request, "?preview=true");
        Assert.Equal((200, eligibility, false), (status, (string)plan["eligibility"]!, (bool)plan["bookable"]!));
    }

    [Fact]
    public async Task A_conditional_appointment_has_its_plan_at_once()
    {
        var (status, plan) = await PlanAsync(Requests.NothingToReport().With("herpesSimplexHistory", "yes"));
        Assert.Equal((200, "conditional", true), (status, (string)plan["eligibility"]!, (bool)plan["bookable"]!));
    }

    [Theory]
    [InlineData("?preview=False")]
    [InlineData("?preview=True")]
    [InlineData("?preview")]
    [InlineData("?preview=true&preview=true")]
    [InlineData("?preview=true&Preview=true")]
    [InlineData("?Preview=true")]
    [InlineData("?detail=some")]
    [InlineData("?detail=full&detail=full")]
    [InlineData("?cancel=no")]
    [InlineData("?cancel=true&cancel=true")]
    [InlineData("?previw=true")]
    [InlineData("?preview=true&pregnancy=no")]
    public async Task A_query_that_is_not_understood_is_400(string query)
    {
        var (status, problem) = await PlanAsync(Requests.NothingToReport(), query);
        Assert.Equal((400, "/problems/invalid-parameter"), (status, (string)problem["type"]!));
    }

    [Fact]
    public async Task The_start_is_needed_and_is_missed_together_with_every_other_error()
    {
        var request = Requests.NothingToReport();
        request["appointment"]!.AsObject().Remove("start");
        var (status, problem) = await PlanAsync(request);
        Assert.Equal(422, status);
        Assert.Equal(["/appointment/start start-needed"], Errors(problem));

        (status, problem) = await PlanAsync(request.With("pregnancy", "maybe"));
        Assert.Equal(422, status);
        Assert.Equal(["/appointment/start start-needed", "/answers/pregnancy unknown-code"], Errors(problem));

        request["appointment"] = new JsonObject();
        (status, problem) = await PlanAsync(request);
        Assert.Equal(400, status);
        Assert.Contains("/appointment/timeZone missing-member", Errors(problem));
        Assert.Contains("/appointment/start start-needed", Errors(problem));

        request = Requests.NothingToReport();
        request["appointment"]!["start"] = "soon";
        (_, problem) = await PlanAsync(request);
        Assert.Equal(["/appointment/start invalid-date-time"], Errors(problem));
    }

    [Fact]
    public async Task A_screening_does_without_a_start()
    {
        var request = Requests.NothingToReport();
        request["appointment"]!.AsObject().Remove("start");
        Assert.Equal(200, (await service.ScreenAsync(request)).Status);
    }

    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("{}", "text/plain", 415)]
    public async Task A_body_is_read_as_strictly_as_that_of_a_screening(string body, string type, int status)
    {
        using var response = await service.PostAsync(CarePlans.Path, body, type);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_413()
    {
        using var response = await service.PostAsync(CarePlans.Path, Requests.NothingToReport().ToJsonString().PadRight(65537));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("image/png", "application/json")]
    [InlineData("text/calendar;q=0", "application/json")]
    [InlineData("application/json, text/calendar", "application/json")]
    [InlineData("text/calendar;q=0.5, application/json;q=0.6", "application/json")]
    [InlineData("text/calendar", "text/calendar; charset=utf-8")]
    [InlineData("Text/Calendar", "text/calendar; charset=utf-8")]
    [InlineData("text/*", "text/calendar; charset=utf-8")]
    [InlineData("text/calendar, */*", "text/calendar; charset=utf-8")]
    [InlineData("text/calendar, */*;q=0.1", "text/calendar; charset=utf-8")]
    [InlineData("text/calendar;q=0.7, application/json;q=0.6", "text/calendar; charset=utf-8")]
    [InlineData("application/json;q=0, */*", "text/calendar; charset=utf-8")]
    public async Task The_form_is_the_one_that_Accept_prefers(string? accept, string type)
    {
        using var response = await CarePlans.PostAsync(service, Requests.NothingToReport(), accept: accept);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(["Accept", "Accept-Language", "Prefer"], response.Headers.Vary);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(type == "application/json" ? null : "attachment; filename=\"appointment.ics\"", response.Content.Headers.ContentDisposition?.ToString());
    }

    [Fact]
    public async Task With_asOf_the_same_request_gives_the_same_plan_but_for_its_id()
    {
        var (_, first) = await PlanAsync(Requests.NothingToReport());
        var (_, second) = await PlanAsync(Requests.NothingToReport());
        Assert.NotEqual((string)first["decisionId"]!, (string)second["decisionId"]!);
        second["decisionId"] = first["decisionId"]!.DeepClone();
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    private Task<(int Status, JsonObject Answer)> PlanAsync(JsonObject request, string query = "") => CarePlans.PlanAsync(service, request, query);

    private static string[] Errors(JsonObject problem) => [.. problem["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}")];
}
