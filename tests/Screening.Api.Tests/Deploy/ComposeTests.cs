using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Settings;
using YamlDotNet.Serialization;

namespace Screening.Api.Tests.Deploy;

/// <summary>The laptop's compose file: what it mounts is there, and each of its programs finds the others.</summary>
public static partial class ComposeTests
{
    private const string Folder = "src/Deploy/";

    private static JsonNode Services { get; } = Yaml("compose.yaml")["services"]!;

    private static JsonNode Dashboard { get; } = JsonNode.Parse(Text("monitoring/dashboard.json"))!;

    private static string Text(string file) => File.ReadAllText(Repository.Path(Folder + file));

    [Fact]
    public static void Every_file_that_is_mounted_is_there()
    {
        var mounts = ((JsonObject)Services).SelectMany(service => Mounts(service.Key)).ToList();
        Assert.Equal(5, mounts.Count);
        Assert.All(mounts, mount => Assert.True(File.Exists(Repository.Path(Folder + mount.File)), mount.File));
    }

    [Fact]
    public static void Prometheus_finds_the_port_of_metrics_and_the_alerts()
    {
        var (file, at) = Mounts("prometheus").Single(mount => mount.At == "/etc/prometheus/prometheus.yml");
        var config = Yaml(file);
        var port = (string)Services["screening"]!["environment"]!["Metrics__Port"]!;
        var targets = config["scrape_configs"]!.AsArray().SelectMany(job => job!["static_configs"]!.AsArray())
            .SelectMany(one => one!["targets"]!.AsArray()).Select(target => (string)target!);
        Assert.Equal([$"screening:{port}"], targets);
        var rules = config["rule_files"]!.AsArray().Select(name => Path.Combine(Path.GetDirectoryName(at)!, (string)name!));
        Assert.Equal(["monitoring/alerts.yaml"], rules.Select(path => Mounts("prometheus").Single(mount => mount.At == path).File));
    }

    [Fact]
    public static void Grafana_finds_prometheus_and_the_dashboard_and_each_panel_its_data()
    {
        var source = Provisioned("datasources")["datasources"]![0]!;
        Assert.Equal("http://prometheus:9090", (string)source["url"]!);
        Assert.NotNull(Services["prometheus"]);
        var provider = Provisioned("dashboards");
        var shown = Mounts("grafana").Single(mount => mount.File == "monitoring/dashboard.json").At;
        Assert.Equal(Path.GetDirectoryName(shown), (string)provider["providers"]![0]!["options"]!["path"]!);

        // By a variable, so that another Grafana may name it otherwise; it stands at the default of its type.
        var variables = Dashboard["templating"]!["list"]!.AsArray()
            .Where(one => (string)one!["type"]! == "datasource" && (string)one["query"]! == (string)source["type"]!)
            .Select(one => $"${{{one!["name"]}}}");
        string[] known = [.. variables, (string)source["uid"]!];
        var asked = Uid().Matches(Dashboard.ToJsonString()).Select(match => match.Groups["uid"].Value).ToList();
        Assert.InRange(asked.Count, Dashboard["panels"]!.AsArray().Count, int.MaxValue);
        Assert.All(asked, uid => Assert.Contains(uid, known));
        Assert.Equal("true", (string)source["isDefault"]!);
    }

    [Fact]
    public static void The_service_runs_as_in_production_by_settings_that_there_are()
    {
        var service = Services["screening"]!;
        Assert.All((JsonObject)service["environment"]!, setting =>
            Assert.True(SettingNames.IsKnown(setting.Key.Replace("__", ":", StringComparison.Ordinal)), setting.Key));
        Assert.Equal(("true", "ALL", "no-new-privileges:true"), (
            (string)service["read_only"]!, (string)service["cap_drop"]!.AsArray().Single()!, (string)service["security_opt"]![0]!));
        var probe = service["healthcheck"]!["test"]!.AsArray().Select(one => (string)one!);
        Assert.Equal("CMD dotnet Screening.Api.dll health", string.Join(' ', probe));
        Assert.Equal("45s", (string)service["stop_grace_period"]!);
    }

    [Fact]
    public static void It_is_for_this_machine_alone() =>
        Assert.All(
            ((JsonObject)Services).SelectMany(service => service.Value!["ports"]!.AsArray()),
            port => Assert.StartsWith("127.0.0.1:", (string)port!, StringComparison.Ordinal));

    /// <summary>What a service mounts: files of this folder.</summary>
    private static IEnumerable<(string File, string At)> Mounts(string service) =>
        from mount in (Services[service]!["volumes"]?.AsArray() ?? [])
        let parts = ((string)mount!).Split(':')
        select (parts[0][2..], parts[1]);

    private static JsonNode Provisioned(string kind) =>
        Yaml(Mounts("grafana").Single(mount => mount.At.StartsWith($"/etc/grafana/provisioning/{kind}/", StringComparison.Ordinal)).File);

    /// <summary>A file of this folder; all its values are texts.</summary>
    private static JsonNode Yaml(string file)
    {
        var read = new DeserializerBuilder().Build().Deserialize(new StringReader(Text(file)));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read!))!;
    }

    [GeneratedRegex("\"uid\":\"(?<uid>[^\"]*)\"(?=\\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uid();
}
