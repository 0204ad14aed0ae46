using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Screening.Api.Access;
using Screening.Api.Settings;
using Screening.Api.Tests.Commands;
using Screening.Api.Tests.Logging;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Receipts;

/// <summary>Keys are published, change without a restart, and end when they are revoked.</summary>
public sealed class SigningKeysTests
{
    private static readonly string First = KeysFolder.NewKey();
    private static readonly string Second = KeysFolder.NewKey();

    [Fact]
    public static async Task They_are_published_to_all_with_their_revocation_and_without_their_private_half()
    {
        using var folder = new KeysFolder().Write(("current", First), ("revoked", Second));
        await using var service = new SignedService(folder.File);
        using var response = await service.Client.GetAsync("/.well-known/jwks.json");
        var text = await response.Content.ReadAsStringAsync();
        var keys = JsonNode.Parse(text)!["keys"]!.AsArray();
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Equal(["kty", "crv", "x", "y", "kid", "use", "alg"], keys[0]!.AsObject().Select(member => member.Key));
        Assert.Equal("""{"revoked_at":1777593600,"reason":"compromised"}""", keys[1]!["revoked"]!.ToJsonString());
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var known = await service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public static async Task A_key_goes_from_next_to_current_to_retired_to_revoked_without_a_restart()
    {
        using var folder = new KeysFolder().Write(("current", First), ("next", Second));
        await using var service = new SignedService(folder.File);
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        Assert.Equal((true, "current"), await StateAsync(service, receipt));

        folder.Write(("next", First), ("current", Second));
        service.Tick();
        Assert.Equal((true, "next"), await StateAsync(service, receipt));
        Assert.Equal((true, "current"), await StateAsync(service, await service.ReceiptAsync(Requests.NothingToReport())));

        folder.Write(("retired", KeysFolder.PublicOf(First)), ("current", Second));
        service.Tick();
        Assert.Equal((true, "retired"), await StateAsync(service, receipt));

        folder.WriteText("{ zq9");
        service.Tick();
        Assert.Equal((true, "retired"), await StateAsync(service, receipt));

        folder.Write(("revoked", First), ("current", Second));
        service.Tick();
        Assert.Equal((false, "revoked"), await StateAsync(service, receipt));
        var answer = await service.VerifyAsync(receipt);
        Assert.Equal("key-revoked", (string)answer["flaw"]!);
        Assert.Equal("""{"revoked_at":1777593600,"reason":"compromised"}""", answer["key"]!["revoked"]!.ToJsonString());

        folder.Write(("current", Second));
        service.Tick();
        Assert.Equal((false, "unknown"), await StateAsync(service, receipt));
        Assert.Single(service.All(), line => ((string)line["@mt"]!).Contains("so the keys stay as they were", StringComparison.Ordinal));
        var told = string.Join('\n', service.All().Select(line => line.ToJsonString()));
        Assert.DoesNotContain("zq9", told, StringComparison.Ordinal);
        Assert.DoesNotContain(receipt[..40], told, StringComparison.Ordinal);
        Assert.DoesNotContain(First.Split('\n')[1], told, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_key_file_that_comes_later_than_the_list_that_names_it_is_seen()
    {
        using var folder = new KeysFolder().Write(("current", First));
        await using var service = new SignedService(folder.File);
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        folder.WriteText("""{"keys":[{"state":"current","file":"late.pem"}]}""");
        service.Tick();
        Assert.Equal((true, "current"), await StateAsync(service, receipt));
        folder.Beside("late.pem", Second);
        service.Tick();
        Assert.Equal((false, "unknown"), await StateAsync(service, receipt));
    }

    [Fact]
    public static async Task A_rotation_under_load_fails_no_request()
    {
        using var folder = new KeysFolder().Write(("current", First), ("next", Second));
        await using var service = new SignedService(folder.File);
        using var ended = new CancellationTokenSource();
        var haveSeenBoth = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < 50 || !ended.IsCancellationRequested; i++)
            {
                var receipt = await service.ReceiptAsync(Requests.Everything());
                Assert.True((bool)(await service.VerifyAsync(receipt))["genuine"]!);
                var isNew = names.Add((string)SignedDecisions.Decoded(receipt.Split('.')[0])["kid"]!);
                _ = isNew && names.Count == 2 ? Interlocked.Increment(ref haveSeenBoth) : 0;
            }

            return names;
        })).ToList();

        // However slow a caller is: until each has seen both keys, or one has failed.
        for (var i = 0; i < 40 || (Volatile.Read(ref haveSeenBoth) < callers.Count && !callers.Exists(one => one.IsFaulted)); i++)
        {
            _ = i % 2 == 0 ? folder.Write(("retired", First), ("current", Second)) : folder.Write(("current", First), ("retired", Second));
            service.Tick();
            await service.ReceiptAsync(Requests.NothingToReport());
        }

        await ended.CancelAsync();
        Assert.All(await Task.WhenAll(callers), names => Assert.Equal(2, names.Count));
    }

    [Fact]
    public static async Task Two_services_with_one_set_of_keys_and_one_that_is_started_again_know_each_other()
    {
        using var folder = new KeysFolder().Write(("current", First));
        string receipt;
        await using (var one = new SignedService(folder.File))
        {
            receipt = await one.ReceiptAsync(Requests.Everything());
        }

        await using var other = new SignedService(folder.File);
        Assert.Equal("identical", (string)(await other.VerifyAsync(receipt))["replay"]!["result"]!);
    }

    [Fact]
    public static async Task A_developers_service_says_so()
    {
        await using var service = new LoggedService();
        await using var other = new LoggedService();
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        Assert.True((bool)SignedDecisions.Payload(receipt)["development"]!);
        Assert.Equal((true, "development"), await StateAsync(service, receipt));
        Assert.Equal((false, "unknown"), await StateAsync(other, receipt));
    }

    [Fact]
    public static async Task With_keys_no_receipt_says_development()
    {
        using var folder = new KeysFolder().Write(("current", First));
        await using var service = new SignedService(folder.File);
        Assert.False(SignedDecisions.Payload(await service.ReceiptAsync(Requests.NothingToReport())).ContainsKey("development"));
    }

    [Theory]
    [InlineData("/v1/screenings")]
    [InlineData("/v1/care-plans")]
    public static async Task Without_keys_in_production_a_receipt_that_is_asked_for_is_a_problem_and_no_decision(string path)
    {
        await using var service = new ProductionService(null);
        using var response = await service.PreferAsync(Requests.NothingToReport(), path: path);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((503, "/problems/receipt-unavailable"), ((int)response.StatusCode, (string)problem["type"]!));
        Assert.Null(problem["eligibility"]);
        Assert.False(response.Headers.Contains("Preference-Applied"));
        Assert.Equal("""{"keys":[]}""", await service.Client.GetStringAsync("/.well-known/jwks.json"));
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
    }

    [Fact]
    public static async Task Without_keys_the_doors_of_fhir_refuse_it_in_their_own_form()
    {
        await using var service = new ProductionService(null);
        var parameters = RestToFhir.Parameters(Requests.NothingToReport())!;
        using var screened = await service.PreferAsync(parameters, path: FhirCalls.Screen);
        var outcome = JsonNode.Parse(await screened.Content.ReadAsStringAsync())!;
        Assert.Equal((503, "OperationOutcome"), ((int)screened.StatusCode, (string)outcome["resourceType"]!));
        Assert.Equal("receipt-unavailable", (string)outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]!);
        using var hooked = await service.PreferAsync(CdsCalls.Booking(Requests.NothingToReport()), path: CdsCalls.Book);
        var problem = JsonNode.Parse(await hooked.Content.ReadAsStringAsync())!;
        Assert.Equal((503, "/problems/receipt-unavailable"), ((int)hooked.StatusCode, (string)problem["type"]!));
        Assert.Null(problem["cards"]);
        Assert.False(screened.Headers.Contains("Preference-Applied") || hooked.Headers.Contains("Preference-Applied"));

        // What is not asked for is not missed; nor is it where nothing was decided.
        Assert.Equal(200, (await service.FhirScreenAsync(parameters)).Status);
        Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["prefetch"]!.AsObject().Remove("questionnaireResponses");
        using var undecided = await service.PreferAsync(call, path: CdsCalls.Book);
        Assert.Equal(200, (int)undecided.StatusCode);
    }

    [Fact]
    public static async Task Always_signs_every_decision_without_being_asked()
    {
        using var folder = new KeysFolder().Write(("current", First));
        await using var service = new ProductionService(folder.File);
        var (_, answer) = await service.ScreenAsync(Requests.NothingToReport());
        Assert.True((bool)(await service.VerifyAsync((string)answer["receipt"]!))["genuine"]!);
        using var plan = await service.PostAsync("/v1/care-plans", Requests.NothingToReport().ToJsonString());
        Assert.False(plan.Headers.Contains("Preference-Applied"));
        var receipt = (string)JsonNode.Parse(await plan.Content.ReadAsStringAsync())!["receipt"]!;
        Assert.True((bool)(await service.VerifyAsync(receipt))["genuine"]!);
        Assert.True((bool)(await service.VerifyAsync(
            DoorReceipts.OfBundle((await service.FhirScreenAsync(RestToFhir.Parameters(Requests.NothingToReport())!)).Answer)!))["genuine"]!);
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        Assert.True((bool)(await service.VerifyAsync(DoorReceipts.OfCard(card)!))["genuine"]!);
    }

    [Fact]
    public static async Task Always_without_keys_stops_the_start()
    {
        var run = await ProgramRun.OfAsync(["--Access:Open", "true", "--Receipts:Always", "true", "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Receipts__Always=true needs keys that sign", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_file_with_a_flaw_stops_the_start()
    {
        using var folder = new KeysFolder();
        folder.WriteText("""{"keys":[{"state":"current","pem":"zq9"}]}""");
        var run = await ProgramRun.OfAsync(["--Access:Open", "true", "--Receipts:Keys", folder.File, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The setting Receipts:Keys must be a file of signing keys. /keys/0: This is not one key", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", run.Output, StringComparison.Ordinal);
    }

    private static async Task<(bool Genuine, string State)> StateAsync(ServiceFixture service, string receipt)
    {
        var answer = await service.VerifyAsync(receipt);
        return ((bool)answer["genuine"]!, (string)answer["key"]!["state"]!);
    }

    /// <summary>A service with a keys file, which is read again when a test says so.</summary>
    private sealed class SignedService(string keys) : LoggedService
    {
        private readonly ManualTimers timers = new();

        public void Tick() => timers.Advance(ReloadedFile.Interval);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting(ServiceSettings.ReceiptsKeys.Name, keys);
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(timers)));
        }
    }

    /// <summary>A service in production, which always signs where it has keys.</summary>
    private sealed class ProductionService(string? keys) : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting(ServiceSettings.AccessOpen.Name, "true");
            builder.UseSetting(ServiceSettings.ReceiptsKeys.Name, keys);
            builder.UseSetting(ServiceSettings.ReceiptsAlways.Name, keys is null ? "false" : "true");
            base.ConfigureWebHost(builder);
        }
    }
}
