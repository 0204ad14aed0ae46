using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime.Text;
using Screening.Api.Tests.Pages;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>A form with clearances gives the decision of the request that says the same, or is refused for the same reasons.</summary>
public sealed partial class ClearedFormTests(TimedService service) : IClassFixture<TimedService>
{
    private static readonly int Forms = GeneratedRun.Count(60, 600);

    private static readonly string[] Rules = ["pregnancy", "rash", "herpes-prophylaxis", "filler-or-toxin-injection", "metal-plate-in-area"];

    [Fact]
    public async Task Generated_forms_with_clearances_are_decided_as_their_requests_are()
    {
        var random = GeneratedRun.Random(17);
        var (decided, refused) = (0, 0);
        for (var tried = 0; (decided < Forms || refused < Forms / 6) && tried < 200 * Forms; tried++)
        {
            var request = RequestGenerator.Next(random);
            if (request["clearances"] is not JsonArray { Count: > 0 } clearances)
            {
                continue;
            }

            if (random.Next(3) == 0)
            {
                Spoil(clearances, random);
            }

            if (await SayableAsync(request) is not { } said)
            {
                continue;
            }

            using var rest = await service.PageAsync(said, "?audience=clinician");
            var body = await rest.Content.ReadAsStringAsync();
            if (rest.IsSuccessStatusCode)
            {
                decided++;
                await IsDecidedAsync(said, body);
            }
            else
            {
                refused++;
                await IsRefusedAsync(said, (int)rest.StatusCode, Errors(body));
            }
        }

        Assert.True(decided >= Forms && refused >= Forms / 6, $"{decided} decided, {refused} refused");
    }

    private async Task IsDecidedAsync(JsonObject said, string expected)
    {
        var (status, html) = await service.AnswerAsync(FilledInForm.Of(said, action: "decide-anyway"));
        Assert.True(status == 200, said.ToJsonString());
        Assert.Equal(WorkedFormTests.Decision(expected), WorkedFormTests.Decision(html));
    }

    private async Task IsRefusedAsync(JsonObject said, int expected, List<string> errors)
    {
        var (status, html) = await service.AnswerAsync(FilledInForm.Of(said, action: "decide-anyway"));
        Assert.True(status == expected, said.ToJsonString());
        var blocks = errors.Select(error => WorkedFormTests.Block(error, said)).Order(StringComparer.Ordinal);
        Assert.Equal(blocks, WorkedFormTests.Told(html));
    }

    /// <summary>Makes one of the clearances wrong, or adds one of a finding that is not to be reviewed.</summary>
    private static void Spoil(JsonArray clearances, Random random)
    {
        var one = clearances[random.Next(clearances.Count)]!.AsObject();
        switch (random.Next(4))
        {
            case 0:
                one["on"] = "2199-12-31";
                break;
            case 1:
                one["by"] = new string('x', 201);
                break;
            case 2:
                one["note"] = new string('x', 1001);
                break;
            default:
                var further = one.DeepClone();
                further["ruleId"] = Rules[random.Next(Rules.Length)];
                clearances.Add(further);
                break;
        }
    }

    /// <summary>
    /// The request as a form can say it, with the service's clock at its as-of instant; null where it cannot, or where something beside the
    /// clearances is wrong.
    /// </summary>
    private async Task<JsonObject?> SayableAsync(JsonObject request)
    {
        var (status, answer) = await service.ScreenAsync(request);
        if ((status != 200 && Errors(answer.ToJsonString()).Any(error => !error.StartsWith("/clearances/", StringComparison.Ordinal)))
            || !OffsetDateTimePattern.ExtendedIso.Parse((string?)request["asOf"] ?? string.Empty).TryGetValue(default, out var asOf))
        {
            return null;
        }

        service.Clock.Reset(asOf.ToInstant());
        var said = FilledInForm.Sayable(request);
        said["protocol"] = "sublative-rf";
        return CanBeTyped(said) ? said : null;
    }

    private static List<string> Errors(string problem) =>
        [.. JsonNode.Parse(problem)!["errors"]!.AsArray().Select(error => (string)error!["pointer"]!)];

    /// <summary>
    /// False for what a form has no field for: a rule that there is none of, one twice, fractions of seconds, a list of no areas.
    /// </summary>
    private static bool CanBeTyped(JsonObject said)
    {
        var rules = said["clearances"]!.AsArray().Select(one => (string)one!["ruleId"]!).ToList();
        return !rules.Contains("no-such-rule")
            && rules.Distinct(StringComparer.Ordinal).Count() == rules.Count
            && ((string?)said["appointment"]!["start"] is not { } start || Local().IsMatch(start))
            && said["appointment"]!["areas"] is not JsonArray { Count: 0 };
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Local();
}
