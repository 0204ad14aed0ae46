using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Access;

namespace Screening.Api.Tests.Commands;

/// <summary>A key is printed once; the clients file gets its digest, whole or not at all.</summary>
public sealed class NewKeyCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    private string Clients => Path.Combine(folder.FullName, "clients.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_file_it_prints_the_key_and_the_entry()
    {
        var run = await ProgramRun.OfAsync("new-key", "salon-1", "--expires", "2099-01-31");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        var (key, entry) = (run.Output.Split('\n')[0], run.Output[run.Output.IndexOf('\n', StringComparison.Ordinal)..]);
        Assert.True(ApiKey.IsWellFormed(key));
        Assert.DoesNotContain(key, entry, StringComparison.Ordinal);

        // Into a file as it is.
        var read = ClientsFile.Read(Encoding.UTF8.GetBytes($$"""{"clients":[{{entry}}]}"""));
        Assert.Null(read.Flaw);
        var only = Assert.Single(read.Keys);
        Assert.Equal(("salon-1", DigestOf(key)), (only.Client.Id, Convert.ToHexStringLower(only.Digest)));
        Assert.Equal(Instant.FromUtc(2099, 1, 31, 0, 0), only.Expires);
    }

    [Fact]
    public async Task A_file_gets_the_entry_and_keeps_all_that_it_has()
    {
        var first = await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients);
        var second = await ProgramRun.OfAsync("new-key", "Salon-1", "--file", Clients, "--expires=2099-01-31");
        var other = await ProgramRun.OfAsync("--", "new-key", "salon-2", "--file", Clients);

        var clients = JsonNode.Parse(await File.ReadAllTextAsync(Clients))!["clients"]!.AsArray();
        Assert.Equal(["salon-1", "salon-2"], clients.Select(client => (string)client!["id"]!));
        Assert.Equal([DigestOf(first), DigestOf(second)], clients[0]!["keys"]!.AsArray().Select(key => (string)key!["sha256"]!));
        Assert.Equal("2099-01-31T00:00:00Z", (string)clients[0]!["keys"]![1]!["expires"]!);
        Assert.Equal(DigestOf(other), (string)Assert.Single(clients[1]!["keys"]!.AsArray())!["sha256"]!);
        Assert.Null(ClientsFile.Read(await File.ReadAllBytesAsync(Clients)).Flaw);
        Assert.Equal([Clients], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task A_byte_order_mark_of_the_file_is_passed_over()
    {
        await File.WriteAllTextAsync(Clients, "{ \"clients\": [] }", Encoding.UTF8);
        var run = await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal("salon-1", Assert.Single(ClientsFile.Read(await File.ReadAllBytesAsync(Clients)).Keys).Client.Id);
    }

    [Fact]
    public async Task The_file_keeps_its_rights_and_a_link_to_it_stays_one()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Clients));

        const UnixFileMode shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(Clients, shared);
        var link = File.CreateSymbolicLink(Path.Combine(folder.FullName, "link.json"), Clients);
        var run = await ProgramRun.OfAsync("new-key", "salon-2", "--file", link.FullName);
        Assert.Equal(Clients, File.ResolveLinkTarget(link.FullName, returnFinalTarget: false)?.FullName);
        Assert.Equal(shared, File.GetUnixFileMode(Clients));
        Assert.Contains(DigestOf(run), await File.ReadAllTextAsync(Clients), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"clients":[{"id":"a","keys":[],"zq9":1}]}""", "salon-1")]
    [InlineData("""{"clients":[]}""", "no id")]
    public async Task What_has_a_flaw_stays_as_it_was_and_no_key_is_told(string content, string client)
    {
        await File.WriteAllTextAsync(Clients, content);
        var run = await ProgramRun.OfAsync("new-key", client, "--file", Clients);
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("zq9", run.Error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Clients));
        Assert.Equal([Clients], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task While_another_changes_the_file_it_is_left_alone()
    {
        await File.WriteAllTextAsync(Clients + ".new", string.Empty);
        var run = await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients);
        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Equal(
            $"Another new-key is changing the file. If none is running, one broke off: delete {Clients}.new and try again."
                + Environment.NewLine,
            run.Error);
        Assert.False(File.Exists(Clients));
        File.Delete(Clients + ".new");
        Assert.Equal(0, (await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients)).ExitCode);
    }

    [Fact]
    public async Task A_key_that_would_never_be_good_is_not_made()
    {
        var first = await FirstAsync("2020-01-01");
        await FirstAsync(LocalDatePattern.Iso.Format(first.PlusDays(-1)));
        var run = await RunAsync(first);

        // Unless midnight passed in between.
        Assert.Equal(0, run.ExitCode == 0 ? 0 : (await RunAsync(first.PlusDays(1))).ExitCode);

        Task<ProgramRun> RunAsync(LocalDate day) => ProgramRun.OfAsync("new-key", "salon-1", "--expires", LocalDatePattern.Iso.Format(day));
    }

    [Theory]
    [InlineData("--expires is a date such as 2030-01-31.", "new-key", "salon-1", "--expires", "tomorrow")]
    [InlineData("Required argument 'CLIENT' missing for command: 'new-key'.", "new-key")]
    [InlineData("There is no --expire. Is --expires meant?", "new-key", "salon-1", "--expire", "2099-01-31")]
    [InlineData("There is no new-kye. Is new-key meant?", "new-kye", "salon-1")]
    public async Task What_is_no_argument_is_one_line(string line, params string[] args) =>
        Assert.Equal(new ProgramRun(2, string.Empty, line + Environment.NewLine), await ProgramRun.OfAsync(args));

    /// <summary>The first day that would be accepted, as the refusal of another says.</summary>
    private async Task<LocalDate> FirstAsync(string refused)
    {
        var run = await ProgramRun.OfAsync("new-key", "salon-1", "--file", Clients, "--expires", refused);
        Assert.Equal((2, string.Empty, false), (run.ExitCode, run.Output, File.Exists(Clients)));
        Assert.Matches(@"^--expires is a day after today, in UTC: \d{4}-\d\d-\d\d or later\.\r?\n$", run.Error);
        return LocalDatePattern.Iso.Parse(run.Error.Split(' ')[8]).Value;
    }

    private static string DigestOf(ProgramRun run)
    {
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        var key = Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(ApiKey.IsWellFormed(key));
        return DigestOf(key);
    }

    private static string DigestOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
}
