using System.Text;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>Feedback is counted, and nothing else of it is kept.</summary>
public static class FeedbackReaderTests
{
    // The three examples of https://cds-hooks.hl7.org/2.0.1/#feedback.
    private const string Accepted = """{ "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "accepted", "acceptedSuggestions": [{ "id": "e56e1945-20b3-4393-8503-a1a20fd73152" }], "outcomeTimestamp": "2020-12-11T00:00:00Z" }""";
    private const string Overridden = """{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden", "outcomeTimestamp": "2020-12-11T00:00:00Z" }""";
    private const string WithReason = """{ "card": "9368d37b-283f-44a0-93ea-547cebab93ed", "outcome": "overridden", "overrideReason": { "reason": { "code": "d7ecf885", "system": "https://example.com/cds-hooks/override-reason-system" }, "userComment": "clinician entered comment" }, "outcomeTimestamp": "2020-12-11T00:00:00Z" }""";

    [Theory]
    [InlineData(Accepted, 1, 0, 0, 0)]
    [InlineData(Overridden, 0, 1, 0, 0)]
    [InlineData(WithReason, 0, 1, 1, 1)]
    [InlineData($"{Accepted}, {Overridden}, {WithReason}", 1, 2, 1, 1)]
    [InlineData($"{Overridden}, {Overridden}, {Overridden}", 0, 1, 0, 0)]
    [InlineData("", 0, 0, 0, 0)]
    public static void Outcomes_are_counted_and_a_repeated_one_once(string entries, int accepted, int overridden, int withReason, int withComment)
    {
        var errors = new InputErrors();
        var counts = FeedbackReader.Read(Encoding.UTF8.GetBytes($$"""{ "feedback": [{{entries}}], "extension": {} }"""), errors);
        Assert.Empty(errors.All);
        Assert.Equal(new FeedbackCounts(accepted, overridden, withReason, withComment), counts);
    }

    [Theory]
    [InlineData("""{}""", "/feedback", "missing-member")]
    [InlineData("""{ "feedback": {} }""", "/feedback", "wrong-type")]
    [InlineData("""{ "feedback": null }""", "/feedback", "null-value")]
    [InlineData("""{ "feedback": [null] }""", "/feedback/0", "null-value")]
    [InlineData("""{ "feedback": [{ "outcome": "overridden", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/card", "missing-member")]
    [InlineData("""{ "feedback": [{ "card": "card-1", "outcome": "overridden", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/card", "invalid-id")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/outcome", "missing-member")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "ignored", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/outcome", "unknown-value")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden" }] }""", "/feedback/0/outcomeTimestamp", "missing-member")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden", "outcomeTimestamp": "2020-12-11" }] }""", "/feedback/0/outcomeTimestamp", "invalid-date-time")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "accepted", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/acceptedSuggestions", "missing-member")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "accepted", "acceptedSuggestions": [], "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/acceptedSuggestions", "empty-list")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "accepted", "acceptedSuggestions": ["x"], "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/acceptedSuggestions/0", "wrong-type")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "accepted", "acceptedSuggestions": [{ "id": "x" }], "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/acceptedSuggestions/0/id", "invalid-id")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden", "overrideReason": "no", "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/overrideReason", "wrong-type")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden", "overrideReason": { "reason": {} }, "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/overrideReason/reason/code", "missing-member")]
    [InlineData("""{ "feedback": [{ "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden", "overrideReason": { "userComment": 7 }, "outcomeTimestamp": "2020-12-11T00:00:00Z" }] }""", "/feedback/0/overrideReason/userComment", "wrong-type")]
    public static void What_the_specification_requires_is_required(string body, string pointer, string code)
    {
        var errors = new InputErrors();
        Assert.Null(FeedbackReader.Read(Encoding.UTF8.GetBytes(body), errors));
        Assert.Equal((pointer, code), Assert.Single(errors.All.Select(error => (error.Place, error.Code.Code))));
    }
}
