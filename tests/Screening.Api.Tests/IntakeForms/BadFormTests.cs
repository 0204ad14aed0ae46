using System.Net;
using System.Text.RegularExpressions;
using Screening.Api.Tests.Logging;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>What is wrong with a form is told beside its field; nothing that was typed is lost, and nothing is decided.</summary>
public sealed partial class BadFormTests(LoggedService service) : IClassFixture<LoggedService>
{
    private static readonly string[] Buttons = ["do"];

    [Fact]
    public void There_are_hundreds_of_bad_forms()
    {
        Assert.True(BadForm.All.Count > 200);
        Assert.Equal(BadForm.All.Count, BadForm.All.Select(bad => bad.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_form_that_they_are_made_of_is_decided()
    {
        var (status, html) = await service.AnswerAsync(BadForm.Good);
        Assert.Equal(200, status);
        Assert.Contains("class=\"followup\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Each_is_told_beside_its_field_with_all_that_was_typed(string language)
    {
        var wrong = new List<string>();
        foreach (var bad in BadForm.All)
        {
            var fields = bad.Fields
                .Select(field => field is { Name: "lang", Value: "en" } ? field with { Value = language } : field).ToList();
            var body = string.Join('&', fields.Select(field => Encoded(field.Name) + "=" + Encoded(field.Value)));
            using var response = await service.SendAsync(body);
            var html = await response.Content.ReadAsStringAsync();
            var shown = Shown(html);
            var lost = fields.Where(field => field.Value.Length > 0
                && !Buttons.Contains(field.Name) && !bad.Lost.Contains(field.Name) && !shown.Contains(field));
            var isTold = html.Contains($"class=\"error\" id=\"e-{bad.Block}\"", StringComparison.Ordinal);
            var isDecided = html.Contains("class=\"followup\"", StringComparison.Ordinal)
                || html.Contains("<header class=", StringComparison.Ordinal);
            (bool Holds, string What)[] laws =
            [
                ((int)response.StatusCode == bad.Status, $"status {(int)response.StatusCode}"),
                (html.Contains($"<a href=\"#{bad.Block}\">", StringComparison.Ordinal), "not told at the top"),
                (bad.Block == "form" || isTold, "not told beside it"),
                (!isDecided, "decided"),
                (!lost.Any(), "lost " + string.Join(' ', lost)),
            ];
            wrong.AddRange(laws.Where(law => !law.Holds).Select(law => $"{bad.Name}: {law.What}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The log has the route and the status of each, and nothing of what was typed.</summary>
    [Fact]
    public async Task No_answer_stands_in_the_log_or_in_an_address()
    {
        var before = service.All().Count;
        var marked = BadForm.Good
            .Select(field => field.Name == "appointment.timeZone" ? field with { Value = "Canary/Zone" } : field).ToList();
        var (_, html) = await service.AnswerAsync([.. marked, ("answers.canary", "canary")]);
        var (_, decided) = await service.AnswerAsync(BadForm.Good);
        await service.LinesAsync(service.Lines().Count);
        var logged = string.Join('\n', service.All().Skip(before).Select(line => line.ToJsonString()));
        foreach (var typed in (string[])["anary", "filler", "rash", "2026-12", "New_York", "Park"])
        {
            Assert.DoesNotContain(typed, logged, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("canary", html, StringComparison.Ordinal);
        Assert.All(
            Addresses().Matches(html + decided),
            address => Assert.Matches(@"^(/intake/sublative-rf(\?lang=(en|es))?)?(#[A-Za-z0-9-]*)?$", address.Groups["url"].Value));
    }

    private static string Encoded(string text) => text.StartsWith('%') ? text : Uri.EscapeDataString(text);

    /// <summary>What the inputs of a page hold, as a browser would send it.</summary>
    private static HashSet<(string Name, string Value)> Shown(string html)
    {
        var shown = new HashSet<(string, string)>();
        foreach (Match input in Inputs().Matches(html))
        {
            var (tag, name, value) = (input.Value, Decoded(input, "name"), Decoded(input, "value"));
            if (!(tag.Contains("type=\"radio\"", StringComparison.Ordinal) || tag.Contains("type=\"checkbox\"", StringComparison.Ordinal))
                || tag.EndsWith(" checked>", StringComparison.Ordinal))
            {
                shown.Add((name, value));
            }
        }

        foreach (Match select in Selects().Matches(html))
        {
            shown.UnionWith(Selected().Matches(select.Value).Select(option => (Decoded(select, "name"), Decoded(option, "value"))));
        }

        foreach (Match lines in Texts().Matches(html))
        {
            // Browsers leave out the line break after the tag.
            shown.Add((Decoded(lines, "name"), Decoded(lines, "value")[1..]));
        }

        return shown;
    }

    private static string Decoded(Match match, string group) => WebUtility.HtmlDecode(match.Groups[group].Value);

    [GeneratedRegex(
        @"<input type=""[a-z]+""[^>]*? name=""(?<name>[^""]*)"" value=""(?<value>[^""]*)""[^>]*>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Inputs();

    [GeneratedRegex(@"<select name=""(?<name>[^""]*)"">.*?</select>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Selects();

    [GeneratedRegex(
        @"<textarea name=""(?<name>[^""]*)""[^>]*>(?<value>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Texts();

    [GeneratedRegex(@"<option value=""(?<value>[^""]*)"" selected>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Selected();

    [GeneratedRegex(@"(href|action|formaction)=""(?<url>[^""]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Addresses();
}
