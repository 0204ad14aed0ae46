using System.Net;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Feedback is taken, counted and forgotten.</summary>
public sealed class CdsFeedbackTests(ServiceFixture service)
{
    private const string Path = "/cds-services/sublative-rf-appointment-book/feedback";
    private const string Card = "9368d37b-283f-44a0-93ea-547cebab93ed";
    private const string Secret = "zq9secretcomment";

    private const string Batch = $$"""
        { "feedback": [
          { "card": "{{Card}}", "outcome": "overridden", "outcomeTimestamp": "2026-06-01T18:00:00Z",
            "overrideReason": { "reason": { "code": "other-treatment", "system": "urn:screening-api:override-reasons:sublative-rf" }, "userComment": "{{Secret}}" } },
          { "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "accepted", "acceptedSuggestions": [{ "id": "e56e1945-20b3-4393-8503-a1a20fd73152" }], "outcomeTimestamp": "2026-06-01T18:00:00Z" }
        ] }
        """;

    [Fact]
    public async Task A_batch_may_be_sent_again_and_again()
    {
        for (var i = 0; i < 3; i++)
        {
            using var response = await service.PostAsync(Path, Batch);
            Assert.Equal((HttpStatusCode.OK, 0), (response.StatusCode, response.Content.Headers.ContentLength));
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Only_counts_are_logged()
    {
        await using var logged = new SettingsService();
        using var response = await logged.PostAsync(Path, Batch);
        await logged.LinesAsync(1);
        var counted = Assert.Single(logged.All(), line => line["Accepted"] is not null);
        Assert.Equal(("sublative-rf-appointment-book", 1, 1, 1, 1), ((string)counted["Service"]!, (int)counted["Accepted"]!, (int)counted["Overridden"]!, (int)counted["WithReason"]!, (int)counted["WithComment"]!));
        var log = string.Concat(logged.All().Select(line => line.ToJsonString()));
        Assert.All([Secret, Card, "other-treatment", "e56e1945"], word => Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/cds-services/nothing/feedback", Batch, 404)]
    [InlineData("/cds-services/sublative-rf/feedback", Batch, 404)]
    [InlineData(Path, "{", 400)]
    [InlineData(Path, """{ "feedback": {} }""", 400)]
    [InlineData(Path, """{ "feedback": [{ "card": "zq9secretcomment", "outcome": "zq9secretcomment", "outcomeTimestamp": "zq9secretcomment" }] }""", 422)]
    public async Task What_is_wrong_is_a_problem_that_echoes_nothing(string path, string body, int status)
    {
        using var response = await service.PostAsync(path, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
        Assert.Equal(status == 422 ? 3 : status == 404 ? 0 : 1, JsonNode.Parse(answer)!["errors"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_larger_body_than_ordinary_ones_is_too_large()
    {
        using var response = await service.PostAsync(Path, new string(' ', (64 * 1024) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }
}
