using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.CdsHooks;
using Screening.Api.Http;
using Screening.Api.Pages;
using Screening.Api.Tests.Pages;
using Screening.Api.Tests.Reference;
using Screening.Fhir;
using Screening.Fhir.Results;
using Screening.Rules;

namespace Screening.Api.Tests.Reports;

/// <summary>Whatever is decided: the page, the card and the narratives say the same of it, and each says all of it.</summary>
public sealed class SameTellingTests(ServiceFixture service)
{
    private const int Decisions = 400;

    private static readonly string[] Kinds = ["head", "finding", "deadline", "clearance", "evidence", "missing", "wait", "free", "slot"];

    [Fact]
    public void A_page_a_card_and_narratives_say_the_same()
    {
        var reader = service.Services.GetRequiredService<ScreeningRequestReader>();
        var random = new Random(20261128);
        var told = new Dictionary<string, int>();
        for (var decided = 0; decided < Decisions;)
        {
            var body = Encoding.UTF8.GetBytes(RequestGenerator.Next(random).ToJsonString());
            if (reader.Read(body, ServiceFixture.Now, new InputErrors()) is { } request)
            {
                decided++;
                var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
                AssertSame(request, decision, random.Next(2) == 0 ? Language.English : Language.Find("es")!, told);
            }
        }

        // Else it would have shown nothing.
        Assert.All(Kinds, kind => Assert.InRange(told.GetValueOrDefault(kind), 20, int.MaxValue));
    }

    private static void AssertSame(ScreeningRequest request, Decision decision, Language language, Dictionary<string, int> told)
    {
        var source = ReportSource.Of(Guid.Empty, request, decision, language);
        var report = DecisionReport.Of(source);
        var page = Page(report);
        var card = Card(DecisionReport.Of(source with { Apart = true }));
        var (guidance, issues) = OfBundle(source);
        foreach (var (kind, item) in Items(report))
        {
            told[kind] = told.GetValueOrDefault(kind) + 1;
            Assert.Contains(item, page, StringComparison.Ordinal);
            Assert.Contains(item, card, StringComparison.Ordinal);

            // What the resources do not say themselves, their narratives do not either.
            if (kind is "head" or "kind" or "deadline" or "missing" or "clearance" or "slot")
            {
                Assert.Contains(item, guidance, StringComparison.Ordinal);
            }
            else if (kind is not ("wait" or "free" or "answer") || decision.WaitingPeriods.Length <= 10)
            {
                Assert.Contains(item, guidance + issues, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Everything of which each format must have a line, or a part of one.</summary>
    private static IEnumerable<(string Kind, string Item)> Items(DecisionReport report)
    {
        string?[] head = [report.Headline.Clinician, report.Lead.Clinician, report.Bound?.Clinician, report.When];
        foreach (var item in head.OfType<string>().Where(item => item != report.When || report.Decision.Appointment.Start is not null))
        {
            yield return ("head", item);
        }

        foreach (var group in report.Groups)
        {
            yield return ("source", group.Source.ToString());
            foreach (var finding in group.Findings)
            {
                yield return ("finding", finding.Message.Clinician);
                yield return ("finding", finding.RuleId);
                yield return ("kind", finding.Kind);
                foreach (var deadline in finding.Deadlines)
                {
                    yield return ("deadline", deadline);
                }

                foreach (var told in new[] { finding.Clearance, finding.ClearanceNote }.OfType<string>())
                {
                    yield return ("clearance", told);
                }
            }

            foreach (var evidence in group.Evidence.Where(evidence => evidence.IsAnswered))
            {
                yield return ("evidence", evidence.Question);
                foreach (var answer in evidence.Answers)
                {
                    yield return ("answer", answer);
                }
            }
        }

        foreach (var item in report.Sections.OfType<MissingSection>().SelectMany(section => section.Questions))
        {
            yield return ("missing", item.Text);
        }

        foreach (var dates in report.Sections.OfType<DatesSection>())
        {
            IEnumerable<ReportRow> waits = dates.Waits.Select(wait => wait.Blocked);
            IEnumerable<ReportRow> free = dates.Waits.Count > 0 ? dates.Free : [];
            foreach (var (kind, item) in dates.Slots.Select(row => ("slot", row.Name))
                .Concat(waits.Select(row => ("wait", row.Value.ToString()))).Concat(free.Select(row => ("free", row.Value.ToString()))))
            {
                yield return (kind, item);
            }
        }
    }

    private static string Page(DecisionReport report)
    {
        using var output = new Utf8Output(DecisionPage.InitialCapacity);
        DecisionPage.Write(output, report, Audience.Clinician);
        return PageClient.Text(Encoding.UTF8.GetString(output.Written.Span));
    }

    private static string Card(DecisionReport report)
    {
        var text = new Markdown();
        new ReportMarkdown(text).Write(report);
        return Regex.Replace(text.ToString(), @"\\(?<escaped>.)", "${escaped}", RegexOptions.NonBacktracking);
    }

    /// <summary>The narrative of the GuidanceResponse, and those of the DetectedIssues.</summary>
    private static (string Guidance, string Issues) OfBundle(ReportSource source)
    {
        var result = new ScreenResult
        {
            Decision = source.Decision,
            Id = source.Id,
            AsOf = source.AsOf,
            Language = source.Language,
            Seed = new byte[16],
        };
        var bundle = JsonNode.Parse(FhirFormat.Json.Write(ScreenBundle.Of(result)))!;
        var told = bundle["entry"]!.AsArray().Select(entry => Narratives.TextOf(entry!["resource"]!.AsObject())).ToList();
        return (told[0], string.Concat(told.Skip(1).Take(source.Decision.Reasons.Length)));
    }
}
