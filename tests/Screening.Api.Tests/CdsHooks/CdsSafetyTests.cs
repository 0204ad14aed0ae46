using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>What a call must not be able to do: put words into a card, make the service call somebody, or leave a trace of the person.</summary>
public sealed partial class CdsSafetyTests(ServiceFixture service)
{
    // With a space, which no link has: three letters stand in one by chance.
    private const string Hostile = "zq9 zq9<img src=x onerror=alert(1)>[a](javascript:b)`c`\n# d\n\n- e https://evil.example www.evil.example";

    [Fact]
    public async Task Nothing_that_a_call_says_in_words_reaches_a_card()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var appointment = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        appointment["id"] = Hostile;
        appointment["description"] = Hostile;
        appointment["comment"] = Hostile;
        var psoriasis = CdsCalls.Psoriasis();
        psoriasis["id"] = Hostile;
        psoriasis["code"]!["text"] = Hostile;
        psoriasis["code"]!["coding"]![0]!["display"] = Hostile;
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(psoriasis);
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["id"] = "not`an`id";
        call["prefetch"]!["patient"]!["name"] = new JsonArray(new JsonObject { ["text"] = Hostile });
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.DoesNotContain("zq9 zq9", card.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", card.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("not`an`id", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_FHIR_does_not_allow_names_no_entry_of_the_record()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis(), CdsCalls.Psoriasis("zq9 zq9"));
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.DoesNotContain("zq9 zq9", card.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["Condition/c1", null], card["extension"]!["urn:screening-api:record"]!.AsArray().Select(entry => (string?)entry!["reference"]));
        Assert.Contains("an entry without a usable name", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zq9\n\n# d\n\n[a](https://evil.example)")]
    [InlineData("zq9`c")]
    [InlineData("zq9 <img src=x>")]
    public async Task No_name_of_a_member_that_FHIR_has_not_reaches_a_card(string name)
    {
        foreach (var place in (string[])["", "item/0", "item/0/answer/0", "subject"])
        {
            var form = CdsCalls.Form(Requests.NothingToReport());
            place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)form, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!).AsObject()[name] = "yes";
            var call = CdsCalls.Booking(Requests.NothingToReport());
            call["prefetch"]!["questionnaireResponses"] = CdsCalls.Bundle(form);
            var card = Assert.Single(await service.CardsAsync(call));
            Assert.Equal(("critical", false), (card.Text("indicator"), card.ContainsKey("extension")));
            Assert.DoesNotContain("zq9", card.Text("detail"), StringComparison.Ordinal);
            Assert.Contains("`unknown-member`, at `QuestionnaireResponse", card.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_address_that_a_call_names_is_contacted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/fhir";
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["fhirServer"] = address;
        call["fhirAuthorization"] = new JsonObject { ["access_token"] = "x", ["token_type"] = "Bearer", ["expires_in"] = 300, ["scope"] = "patient/*.rs", ["subject"] = "s" };
        var page = CdsCalls.Bundle(CdsCalls.Resource($$"""{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "medicationReference": { "reference": "{{address}}/Medication/9" } }"""));
        page["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = address + "/MedicationRequest?page=2" });
        call["prefetch"]!["medicationRequests"] = page;
        call["prefetch"]!["questionnaireResponses"] = null;
        var entry = call["context"]!["appointments"]!["entry"]![0]!.AsObject();
        entry["fullUrl"] = address + "/Appointment/1";
        entry["resource"]!["participant"] = new JsonArray(new JsonObject { ["actor"] = new JsonObject { ["reference"] = address + "/Patient/42" } });
        entry["resource"]!["meta"] = new JsonObject { ["profile"] = new JsonArray(address + "/StructureDefinition/x") };
        Assert.Equal("critical", Assert.Single(await service.CardsAsync(call)).Text("indicator"));

        Assert.False(listener.Pending());
    }

    /// <summary>Neither at once nor later, in the background: nothing here can open a connection, but for the calls that the service makes to itself.</summary>
    [Fact]
    public void Only_the_warm_up_the_health_command_and_the_keys_of_issuers_open_connections() =>
        Assert.Equal(
            ["HealthCommand.cs", "IssuerKeys.cs", "WarmUpCalls.cs"],
            Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Connecting().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Nothing_of_the_person_is_in_the_log()
    {
        await using var logged = new SettingsService();
        var rest = Requests.NothingToReport();
        rest["answers"]!["pregnancy"] = "yes";
        var call = CdsCalls.Booking(rest);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis("zq9"));
        await logged.CardsAsync(call);
        call["context"]!["patientId"] = "Patient/zq9";
        using var refused = await logged.PostAsync(CdsCalls.Book, call.ToJsonString());
        using var unknown = await logged.PostAsync("/cds-services/zq9", call.ToJsonString());
        using var broken = await logged.PostAsync(CdsCalls.Book, "{ \"zq9\"");
        Assert.Equal([422, 404, 400], new[] { refused, unknown, broken }.Select(response => (int)response.StatusCode));

        await logged.LinesAsync(4);
        var log = string.Concat(logged.All().Select(line => line.ToJsonString()));
        Assert.Contains("/cds-services/{id}", log, StringComparison.Ordinal);
        Assert.All(["zq9", "pregnan", "L40", "psoriasis", "ineligible", "apt1", "d1577c69", "2026-06-10", "filled-in"], word => Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/context/patientId", 400)]
    [InlineData("/context/appointments", 400)]
    [InlineData("/hookInstance", 400)]
    [InlineData("/hook", 422)]
    public async Task A_call_that_is_wrong_where_it_decides_is_a_problem(string pointer, int status)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var name = pointer.Split('/')[^1];
        var owner = pointer.StartsWith("/context", StringComparison.Ordinal) ? call["context"]!.AsObject() : call;
        owner.Remove(name);
        if (status == 422)
        {
            owner[name] = "patient-view";
        }

        using var response = await service.PostAsync(CdsCalls.Book, call.ToJsonString());
        var problem = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
        Assert.Equal((status, "application/problem+json", pointer), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType, (string)Assert.Single(problem["errors"]!.AsArray())!["pointer"]!));
    }

    [Theory]
    [InlineData(1024 * 1024, "application/json", 200)]
    [InlineData((1024 * 1024) + 1, "application/json", 413)]
    [InlineData(2000, "text/plain", 415)]
    [InlineData(2000, "application/json; charset=utf-16", 415)]
    public async Task A_body_has_its_type_and_at_most_1_MiB(int bytes, string contentType, int status)
    {
        var call = CdsCalls.Booking(Requests.NothingToReport()).ToJsonString();
        using var response = await service.PostAsync(CdsCalls.Book, call.PadRight(Math.Max(call.Length, bytes)), contentType);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_second_protocol_needs_no_line_of_code()
    {
        await using var two = new SettingsService(("Protocols:Folder", Repository.Path("tests/Screening.Api.Tests/Protocols")));
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var card = Assert.Single(await two.CardsAsync(call, "/cds-services/made-up-peel-appointment-book"));
        Assert.Equal(("incomplete", "critical"), (card.Eligibility(), card.Text("indicator")));
        Assert.Contains("of another questionnaire: 1", card.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("made-up-peel", (string)card["source"]!["topic"]!["code"]!);
    }

    // Not where a text quotes the name.
    [GeneratedRegex(@"(?<!`)\b(HttpClient|HttpMessageInvoker|IHttpClientFactory|AddHttpClient|(Base)?FhirClient|WebRequest|WebClient|(Tcp|Udp|Smtp)Client|(ClientWeb)?Socket(?!: var)|Dns)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connecting();
}
