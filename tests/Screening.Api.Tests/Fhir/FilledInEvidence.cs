using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Fhir;

/// <summary>How many times a decision in FHIR rests on what the person said, and on the record or on what was filled in from it.</summary>
internal sealed record FilledInEvidence(int OfPerson, int OfRecord)
{
    private const string Form = "urn:screening-api:questionnaire:sublative-rf";

    /// <summary>The evidence of one question, in the parameters of the decision and in its issues.</summary>
    public static FilledInEvidence Of(JsonObject bundle, string question)
    {
        var parts = bundle.Resources("GuidanceResponse").Single()["contained"]![0]!["parameter"]!.AsArray()
            .Where(parameter => (string)parameter!["name"]! == "evidence")
            .Select(parameter => parameter!["part"]!.AsArray().ToDictionary(part => (string)part!["name"]!, part => part!.AsObject(), StringComparer.Ordinal))
            .Where(part => (string)part["question"].Single(member => member.Key.StartsWith("value", StringComparison.Ordinal)).Value! == question).ToList();
        var asked = bundle.Resources("DetectedIssue").SelectMany(issue => issue["evidence"]?.AsArray() ?? [])
            .SelectMany(evidence => evidence!["code"]!.AsArray()).SelectMany(code => code!["coding"]?.AsArray() ?? [])
            .Count(coding => (string?)coding!["system"] == Form && ((string)coding["code"]!).Split('.')[0] == question);
        return new FilledInEvidence(parts.Count(part => part.ContainsKey("answer")) + asked, parts.Count(part => part.ContainsKey("record")));
    }
}
