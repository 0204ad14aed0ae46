using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Reports;
using Screening.Rules;

namespace Screening.Api.Tests.Provenance;

/// <summary>Whatever was said, and whatever a record holds: nothing is told as the person's answer that they did not give.</summary>
public sealed partial class ToldApartLawTests(TimedService service) : IClassFixture<TimedService>
{
    private static readonly int Calls = GeneratedRun.Count(60, 250);

    private ProtocolDocument Protocol =>
        service.Services.GetRequiredService<ProtocolCatalog>().Families.Single(family => family.Id == "sublative-rf").Versions[^1].Document;

    [Fact]
    public async Task In_no_answer_of_the_person_stands_what_they_did_not_say()
    {
        var random = GeneratedRun.Random(1);
        var (raised, screened) = (0, 0);
        while (screened < Calls)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.ForHook(RequestGenerator.Next(random));
            request.Remove("asOf");
            if (RestToFhir.Parameters(request) is null || request["appointment"]!["start"] is null || (await service.ScreenAsync(request)).Status != 200)
            {
                continue;
            }

            screened++;
            var call = CdsCalls.Booking(request);
            AddRecord(call, random);
            var language = random.Next(2) == 0 ? "en" : "es";
            var card = Assert.Single(await service.CardsAsync(call, language: language));
            var said = Said(request, language == "es" ? Language.Find("es")! : Language.English);
            raised += card["extension"]!["urn:screening-api:record"]!.AsArray().Any(entry => (bool)entry!["raises"]!) ? 1 : 0;

            AssertEvidence(card, request);
            AssertLines(card.Text("detail"), CardAnswer(), said);
            var label = language == "en" ? CardLinks.Label : "Esta decisión, para leer o imprimir";
            var staff = (await service.OpenAsync(card, label: label)).Text;
            AssertLines(staff, PageAnswer(), said);
            AssertWaits(staff, said);
            var patient = (await service.OpenAsync(card, "?audience=patient", label)).Text;
            AssertLines(patient, PageAnswer(), said);
            if (IsOfRecordAlone(card, await CardOfAnswersAsync(request)))
            {
                Assert.DoesNotMatch("By your answers|Según sus respuestas|look at your answers|revisar sus respuestas\\b(?! y)", patient);
            }
        }

        // Else it would have shown nothing.
        Assert.InRange(raised, Calls / 3, Calls);
    }

    [Fact]
    public async Task No_response_is_evidence_of_what_it_does_not_say()
    {
        var random = GeneratedRun.Random(2);
        for (var screened = 0; screened < Calls;)
        {
            service.Clock.Reset(ServiceFixture.Now);
            var request = RestToFhir.ForHook(RequestGenerator.Next(random));
            if (RestToFhir.Parameters(request) is not { } parameters || (await service.FhirScreenAsync(parameters)).Status != 200)
            {
                continue;
            }

            screened++;
            var call = new JsonObject { ["prefetch"] = new JsonObject { ["conditions"] = CdsCalls.Bundle(), ["medicationRequests"] = CdsCalls.Bundle() } };
            AddRecord(call, random);
            JsonNode[] record = [.. call["prefetch"]!.AsObject().SelectMany(part => part.Value!["entry"]!.AsArray()).Select(entry => entry!.DeepClone())];
            var sent = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection" };
            if (record.Length > 0)
            {
                sent["entry"] = new JsonArray(record);
            }

            parameters["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "record", ["resource"] = sent });
            var (status, bundle) = await service.FhirScreenAsync(parameters);
            Assert.True(status == 200, bundle.ToJsonString());
            var said = Said(request, Language.English);
            foreach (var issue in bundle.Resources("DetectedIssue").Where(issue => issue["text"] is not null))
            {
                AssertLines("  - " + Narratives.TextOf(issue).Replace("\n", "\n  - ", StringComparison.Ordinal), CardAnswer(), said);
            }

            foreach (var evidence in bundle.Resources("DetectedIssue").SelectMany(issue => issue["evidence"]?.AsArray() ?? []))
            {
                if (((string?)evidence!["detail"]?[0]?["reference"] ?? "QuestionnaireResponse").StartsWith("QuestionnaireResponse", StringComparison.Ordinal) && evidence["detail"] is not null)
                {
                    AssertSaid(evidence["code"]!.AsArray(), request["answers"]!.AsObject(), request["appointment"]!["areas"]);
                }
            }
        }
    }

    /// <summary>Entries of codes or words of the protocol's, some of which go on, have ended, or do not say.</summary>
    private void AddRecord(JsonObject call, Random random)
    {
        var (conditions, orders) = (new List<JsonNode>(), new List<JsonNode>());
        for (var i = random.Next(4); i > 0; i--)
        {
            var codes = Protocol.Codes[random.Next(Protocol.Codes.Count)];
            var concept = Concept(codes, random);
            var id = i.ToString(CultureInfo.InvariantCulture);
            if (codes.Entries.Contains(RecordKind.Condition))
            {
                var condition = CdsCalls.Psoriasis(id);
                condition["code"] = concept;
                _ = random.Next(3) > 0 || condition.Remove("clinicalStatus");
                conditions.Add(condition);
            }
            else if (codes.Entries.Contains(RecordKind.Medication))
            {
                var order = CdsCalls.Resource($$"""{ "resourceType": "MedicationRequest", "id": "{{id}}", "intent": "order" }""");
                order["status"] = random.Next(2) == 0 ? "active" : "completed";
                order["medicationCodeableConcept"] = concept;
                var daily = random.Next(2) == 0 ? """{ "frequency": 1, "period": 1, "periodUnit": "d", """ : "{ ";
                order["dosageInstruction"] = JsonNode.Parse($$"""[{ "timing": { "repeat": {{daily}}"boundsPeriod": { "start": "2026-01-01", "end": "2026-0{{3 + random.Next(5)}}-10" } } } }]""");
                orders.Add(order);
            }
        }

        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. conditions]);
        call["prefetch"]!["medicationRequests"] = CdsCalls.Bundle([.. orders]);
    }

    private static JsonObject Concept(RecordCodes codes, Random random)
    {
        string[] words = [.. codes.Words?.All ?? []];
        if (codes.Codings.Count == 0 || (words.Length > 0 && random.Next(3) == 0))
        {
            return new JsonObject { ["text"] = words[random.Next(words.Length)].TrimEnd('*') };
        }

        var coding = codes.Codings[random.Next(codes.Codings.Count)];
        return new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = coding.System, ["code"] = coding.Code }) };
    }

    /// <summary>Each answer in the evidence is that of the request, to the letter; none stands where none was given.</summary>
    private static void AssertEvidence(JsonObject card, JsonObject request)
    {
        foreach (var evidence in card["extension"]![CdsCalls.Decision]!["reasons"]!.AsArray().SelectMany(reason => reason!["evidence"]!.AsArray()))
        {
            var question = (string)evidence!["question"]!;
            var said = question == "treatmentAreas" ? request["appointment"]!["areas"] : request["answers"]![question];
            Assert.True(JsonNode.DeepEquals(said, evidence["answer"]), $"{question}: {evidence.ToJsonString()}");
            Assert.True(evidence["answer"] is not null || evidence["record"] is not null, question);
        }

        foreach (var counted in card["extension"]![CdsCalls.Decision]!["waitingPeriods"]!.AsArray().Select(wait => wait!["event"]!))
        {
            var said = request["answers"]![(string)counted["question"]!];
            var date = counted["index"] is { } index && said is JsonArray list ? list.ElementAtOrDefault((int)index)?["date"] : said;
            Assert.True(counted["fromRecord"] is not null || counted["date"] is null || JsonNode.DeepEquals(date, counted["date"]), counted.ToJsonString());
        }
    }

    /// <summary>What a wait is counted from was said or left empty, or is named as the record's.</summary>
    private static void AssertWaits(string page, Dictionary<string, HashSet<string>> said)
    {
        foreach (Match match in Wait().Matches(page))
        {
            var told = match.Groups["told"].Value;
            Assert.True(
                told.StartsWith("In the health record: ", StringComparison.Ordinal) || told.StartsWith("En la historia clínica: ", StringComparison.Ordinal)
                    || Language.All.Any(language => told == ReportTexts.LeftEmpty.In(language))
                    || said.Values.Any(words => words.Contains(told)),
                told);
        }
    }

    private static void AssertLines(string text, Regex answer, Dictionary<string, HashSet<string>> said)
    {
        var shown = said.Keys.ToDictionary(question => WebUtility.HtmlDecode(question).Replace("\\", "", StringComparison.Ordinal));
        foreach (Match match in answer.Matches(text))
        {
            var question = match.Groups["question"].Value.Replace("\\", "", StringComparison.Ordinal);
            var words = match.Groups["answer"].Value.Replace("\\", "", StringComparison.Ordinal);
            Assert.True(shown.TryGetValue(question, out var known) && said[known].Contains(words), $"{question}: {words}");
        }
    }

    /// <summary>By the text of each question, what may be told as the person's answer to it.</summary>
    private Dictionary<string, HashSet<string>> Said(JsonObject request, Language language)
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        var intake = reader.Read(System.Text.Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, new InputErrors())!.Intake;
        return intake.Protocol.Questions.ToDictionary(
            question => question.Document.Text.In(language),
            question =>
            {
                var words = AnswerWords.Of(question, intake.PatientAnswers[question.Index], language);
                var more = words.Count > 10 ? CardMore(words.Count - 10, language) : null;
                return new HashSet<string>(words, StringComparer.Ordinal)
                {
                    string.Join(", ", words),
                    string.Join(", ", words.Take(10).Append(more)),
                };
            });
    }

    private static string CardMore(int count, Language language) =>
        (language == Language.Find("es")! ? "y {n} más" : "and {n} more").Replace("{n}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private async Task<JsonObject> CardOfAnswersAsync(JsonObject request) => Assert.Single(await service.CardsAsync(CdsCalls.Booking(request)));

    /// <summary>True when no reason that determines the status is there by the answers alone.</summary>
    private static bool IsOfRecordAlone(JsonObject card, JsonObject ofAnswers)
    {
        static HashSet<string> Reasons(JsonObject card, bool bindingAlone) =>
        [
            .. card["extension"]![CdsCalls.Decision]!["reasons"]!.AsArray().Where(reason => !bindingAlone || (bool)reason!["binding"]!)
                .Select(reason => $"{reason!["ruleId"]} {reason["outcome"]} {reason["effect"]}"),
        ];
        return Reasons(card, bindingAlone: true) is { Count: > 0 } binding && !binding.Overlaps(Reasons(ofAnswers, bindingAlone: false));
    }

    /// <summary>The codes that a response is named as evidence of, behind that of the item, are among those that it was filled in with.</summary>
    private static void AssertSaid(JsonArray codes, JsonObject answers, JsonNode? areas)
    {
        var item = (string)codes[0]!["coding"]![0]!["code"]!;
        var said = item == "treatmentAreas" ? areas : answers[item.Split('.')[0]];
        Assert.True(said is not null, item);
        var words = said.ToJsonString();
        foreach (var code in codes.Skip(1))
        {
            var shown = (string?)code!["coding"]?[0]?["code"] ?? (string)code["text"]!;
            Assert.True(
                words.Contains($"\"{shown}\"", StringComparison.Ordinal) || (shown is "none" or "no" && words == "[]"),
                $"{item}: {code.ToJsonString()} of {words}");
        }
    }

    [GeneratedRegex(@"^  - (?<question>.*[?.:)]) (The person answered|La persona respondió): (?<answer>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CardAnswer();

    [GeneratedRegex(@"<th scope=""row"">[0-9]+<br>[^<]*</th><td>([^<]* <b>)?(?<told>[^<]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Wait();

    [GeneratedRegex(@"<dt>(?<question>[^<]*)</dt><dd[^>]*>(The person answered|La persona respondió|Your answer|Su respuesta): (?<answer>[^<]*)</dd>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageAnswer();
}
