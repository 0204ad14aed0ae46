using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using Xunit.Sdk;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>
/// What holds for every card, read from its words alone: the summary, the detail and the decision say one thing, no date is both refused
/// and possible, and no question stands twice. The words come from the files of the service; what they mean is said here a second time.
/// </summary>
internal sealed class CardLaw
{
    private static readonly string[] Statuses = ["Eligible", "Conditional", "Deferred", "Review", "Incomplete", "Ineligible"];
    private static readonly Dictionary<string, CardLaw> ByLanguage =
        new[] { "en", "es" }.ToDictionary(tag => tag, tag => new CardLaw(tag));

    private static readonly LocalDate LatestToday = ServiceFixture.Now.WithOffset(Offset.FromHours(14)).Date;

    private readonly JsonObject words;
    private readonly string[] months;
    private readonly string[] questions;
    private readonly Regex date;

    private CardLaw(string language)
    {
        var file = JsonNode.Parse(File.ReadAllText(Repository.Path($"src/Screening.Rules/Words/{language}.json")))!;
        words = file["words"]!.AsObject();
        months = [.. file["months"]!.AsArray().Select(month => (string)month!)];
        var protocol = JsonNode.Parse(File.ReadAllText(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")))!;
        questions = [.. protocol["questions"]!.AsArray().Select(question => (string)question!["text"]![language]!)];
        var named = string.Join('|', months);
        date = new Regex(
            $@"(?<day>\d+) (de )?(?<month>{named}) (de )?(?<year>\d{{4}})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    /// <summary>Checks a card; returns its status, or null when it has none.</summary>
    public static string? Hold(JsonObject card, string language)
    {
        var law = ByLanguage[language];
        var status = law.IsOf(card, "card.noForm") ? "incomplete"
            : law.IsOf(card, "card.shortIneligible") ? "ineligible"
            : (string?)card["extension"]?[CdsCalls.Decision]!["eligibility"];
        try
        {
            law.Check(card, status);
        }
        catch (XunitException broken)
        {
            Assert.Fail($"{card.Text("summary")}\n{card.Text("detail")}\n{broken.Message}");
        }

        return status;
    }

    private void Check(JsonObject card, string? status)
    {
        Assert.All(questions, question => Assert.InRange(card.Text("detail").Split(question).Length, 1, 2));
        if (status is null)
        {
            HoldNotScreened(card);
        }
        else
        {
            HoldStatus(card, status);
            HoldDates(card, status, card.Text("detail").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private void HoldNotScreened(JsonObject card)
    {
        Assert.True(IsOf(card, "card.couldNotScreen") || IsOf(card, "card.answersWrong"));
        Assert.Equal("critical", card.Text("indicator"));
        Assert.DoesNotContain(Statuses, status => Has(card, $"report.headline{status}.clinician"));
    }

    /// <summary>One status: in the summary, the heading, the indicator and the decision.</summary>
    private void HoldStatus(JsonObject card, string status)
    {
        var name = Statuses.Single(one => string.Equals(one, status, StringComparison.OrdinalIgnoreCase));
        var summaries = Statuses.Where(one => IsOf(card, "card.short" + one)).ToList();
        var expected = IsOf(card, "card.noForm") || IsOf(card, "card.shortDeferredZone") ? [] : new[] { name };
        Assert.Equal(expected, summaries);
        // Without a form there is no decision, whether the record excludes or not.
        var hasDecision = card.ContainsKey("extension");
        Assert.True(hasDecision ? !IsOf(card, "card.noForm") : IsOf(card, "card.noForm") || status == "ineligible");
        Assert.True(!hasDecision || (string?)card["extension"]![CdsCalls.Decision]!["eligibility"] == status);
        Assert.Equal([name], Statuses.Where(one => Has(card, $"report.headline{one}.clinician")));
        Assert.Equal(
            status switch { "eligible" or "conditional" => "info", "deferred" or "review" => "warning", _ => "critical" },
            card.Text("indicator"));

        // A section that only makes sense of one kind of status.
        Assert.Equal(status == "incomplete", Has(card, "report.missing"));
        Assert.True(status != "eligible" || !Has(card, "report.binding"));
        Assert.True(status is "conditional" || !Has(card, "report.requirements"));
        if (card["extension"]?[CdsCalls.Decision] is { } decision)
        {
            Assert.Equal(status is "eligible" or "conditional", (bool)decision["bookable"]!);
            Assert.Equal(status is "eligible" or "conditional" or "deferred", decision["earliestDate"] is not null);
        }
    }

    /// <summary>The date that is refused is nowhere called possible, and the first possible one comes after it.</summary>
    private void HoldDates(JsonObject card, string status, string[] lines)
    {
        var label = Word("report.appointment") + ": ";
        var asked = lines.Where(line => line.StartsWith(label, StringComparison.Ordinal)).SelectMany(Dates).Take(1).ToList();
        var when = Dates(card.Text("summary").Split(": ")[0]);
        Assert.Equal(when, asked);
        var windows = Intervals(lines, "report.free");
        var blocked = Intervals(lines, "report.notPossible");
        if (status is "eligible" or "conditional" && asked is [var allowed])
        {
            Assert.True(windows.Count == 0 || windows.Exists(one => Contains(one, allowed)));
            Assert.DoesNotContain(blocked, one => Contains(one, allowed));
        }

        if (status != "deferred")
        {
            return;
        }

        // What the lead refuses: the date that it names, or the one that was asked for; of today the latest that there is in the world.
        var lead = Dates(lines[1]);
        var (refused, first) = (lead.Count == 2 ? lead[0] : asked is [var one] ? one : LatestToday, lead[^1]);
        Assert.True(first > refused);
        Assert.DoesNotContain(windows, one => Contains(one, refused));
        Assert.Contains(windows, one => Contains(one, first));
        Assert.Contains(blocked, one => Contains(one, refused));
        Assert.DoesNotContain(blocked, one => Contains(one, first));
        var summary = Dates(card.Text("summary").Split(": ")[1]);
        Assert.True(summary.Count == 0 || (summary[0] == first && when.TrueForAll(date => date < first)));
    }

    private List<(LocalDate From, LocalDate Through)> Intervals(string[] lines, string key) =>
    [
        .. lines.Where(line => line.StartsWith($"- {Word(key)}: ", StringComparison.Ordinal))
            .Select(line => (Line: line, Dates: Dates(line)))
            .Select(one => one.Dates is [var from, var through] ? (from, through)
            : one.Line.Contains(Word("report.from").Split('{')[0], StringComparison.Ordinal) ? (one.Dates[0], LocalDate.MaxIsoValue)
            : (LocalDate.MinIsoValue, one.Dates[0])),
    ];

    private static bool Contains((LocalDate From, LocalDate Through) interval, LocalDate date) =>
        date >= interval.From && date <= interval.Through;

    private List<LocalDate> Dates(string text) =>
    [
        .. date.Matches(text).Select(match => new LocalDate(
            Number(match.Groups["year"]), Array.IndexOf(months, match.Groups["month"].Value) + 1, Number(match.Groups["day"]))),
    ];

    /// <summary>
    /// True when the outcome in the summary is these words; what they put in, and what follows in brackets, may be anything.
    /// </summary>
    private bool IsOf(JsonObject card, string key)
    {
        var outcome = card.Text("summary").Split(": ", 2)[1];
        var pattern = Regex.Replace(Regex.Escape(Word(key)), @"\\\{\w+}", ".+", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Regex.IsMatch(outcome, $@"^{pattern}( \(.*)?$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private bool Has(JsonObject card, string heading) => card.Text("detail").Contains($"**{Word(heading)}**", StringComparison.Ordinal);

    private string Word(string key) => (string)words[key]!;

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
}
