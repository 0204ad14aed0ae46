using System.Text.RegularExpressions;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>A setting in a form that it cannot have stops the start, with a message that names the setting and not its value.</summary>
public sealed class SettingFormsTests
{
    private const string Key31 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==";
    private const string Key33 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";
    private const string ZeroKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string KeyOfOneByte = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
    private const string HexKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static readonly string[] Texts = [" ", "\t", "zq9", "-1", "0", "1.5", "true", "[]", "{}", "a,b", "zq9\0"];
    private static readonly string[] NotNumbers =
        ["", " ", "zq9", "-1", "+1", "1.5", "1,5", "1e3", "0x10", " 1", "1 ", "1;2", "٣", "2147483648", "99999999999999999999", "true"];

    private static readonly string[] NotPositive = [.. NotNumbers, "0", "00"];
    private static readonly string[] NotKeys = [.. Texts, Key31, Key33, ZeroKey, KeyOfOneByte, HexKey, Key31[..^2], "AAEC-_", Key33 + "="];
    private static readonly string[] NotLevels =
        ["", " ", "zq9", "-1", "0", "9", "99999999999", "1.5", "Information,Warning", "Information, Fatal", "$switch", "Info", "None"];

    private static readonly Dictionary<string, string[]> Wrong = new(StringComparer.Ordinal)
    {
        ["Access:CertificateAuthorities"] = Texts,
        ["Access:Clients"] = [],
        ["Access:Issuers"] = [],
        ["Access:KnownNetworks"] = [.. Texts, ",", "0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.0/8,"],
        ["Access:Open"] = [.. Texts.Except(["true"]), "yes", "truth", " true"],
        ["AllowedHosts"] =
            [" ", ";", "a;", "a;;b", "https://zq9.example", "zq9.example:8443", "zq9.example/path", "a,b", "a b", "*.*", "a.*", "[::1"],
        ["Batch:IdleSeconds"] = [.. NotPositive, "86401"],
        ["Batch:MaxConcurrent"] = NotPositive,
        ["Batch:MaxWaiting"] = NotNumbers,
        ["CarePlans:Key"] = NotKeys,
        ["Cds:Prefetch"] = [.. Texts, ",", "medicationStatements,", "medicationStatements;deviceUses"],
        ["Clinic:TimeZone"] = [.. Texts, "america/new_york", "New York", "UTC+5", "+05:00", "America/New_York,UTC", " UTC"],
        ["Connections:Max"] = [.. NotPositive, "1000001"],
        ["Cors:Origins"] = [.. Texts, "*", ",", "https://a.example,", "https://a.example;zq9", "a.example", "https://a.example:99999"],
        ["DecisionLinks:Key"] = NotKeys,
        ["DecisionLinks:Minutes"] = [.. NotNumbers, "1441"],
        ["Forms:Canonicals"] = [.. Texts, ",", "https://forms.example.org/Questionnaire/skin,", "ftp//zq9"],
        ["Kestrel:Certificates:Default:Path"] = [],
        ["Intake:Open"] = [],
        ["Intake:PerMinute"] = [.. NotPositive, "10000001"],
        ["Limits:Burst"] = [.. NotPositive, "99", "10000001"],
        ["Limits:PerMinute"] = [.. NotPositive, "99", "10000001"],
        ["Limits:RefusalsPerMinute"] = [.. NotPositive, "10000001"],
        ["Metrics:Port"] = [.. NotPositive, "65536"],
        ["Move:MaxDays"] = [.. NotNumbers, "-1", "3651"],
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = ["zq9", "ftp://zq9", "zq9.example:4317"],
        ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = ["zq9", "ftp://zq9"],
        ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = ["zq9", "ftp://zq9"],
        ["OTEL_METRICS_EXPORTER"] = ["zq9", "console", "otlp,zq9"],
        ["OTEL_SDK_DISABLED"] = ["zq9", "1"],
        ["OTEL_TRACES_EXPORTER"] = ["zq9", "console", "otlp,zq9"],
        ["OpenApi:Served"] = [],
        ["Protocols:Folder"] = [],
        ["Receipts:Always"] = [],
        ["Receipts:Keys"] = [],
        ["Serilog:MinimumLevel"] = NotLevels,
        ["Serilog:MinimumLevel:Default"] = NotLevels,
        ["Service:PublicUrl"] =
        [
            .. Texts, "/zq9", "//zq9.example", "zq9.example", "zq9.example:443", "ftp://zq9", "https://", "https://zq9.example:99999",
            "https://zq9.example:x", "https://zq9.example?a", "https://zq9.example#a", "https://zq9@example.org", "https://*.zq9.example",
            "https://a.example,https://b.example", "https://zq 9.example",
        ],
        ["Shutdown:DrainSeconds"] = [.. NotNumbers, "601"],
    };

    public static TheoryData<string, string> WrongValues =>
        [.. Wrong.SelectMany(setting => setting.Value.Select(value => (setting.Key, value)))];

    public static TheoryData<string> Names => [.. All];

    /// <summary>Those of the server are read as addresses, and told in other words.</summary>
    private static IEnumerable<string> All => ServiceSettings.All.Where(setting => setting is not (ServerSetting or EndpointsSetting))
        .Select(setting => setting.Written).Append(ServiceSettings.LogLevels.Name);

    [Theory]
    [MemberData(nameof(WrongValues))]
    public static void A_value_that_cannot_be_is_refused(string setting, string value)
    {
        var message = FailedStartTests.Refusal(setting, value);
        var named = setting.StartsWith("Serilog", StringComparison.Ordinal) ? "Serilog:MinimumLevel" : setting;
        Assert.StartsWith($"The setting {named} must be ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("9", false)]
    public static void A_level_of_a_source_is_one_too(string value, bool isDefault) => Assert.StartsWith(
        "The setting Serilog:MinimumLevel must be ",
        FailedStartTests.Refusal("Serilog:MinimumLevel:" + (isDefault ? "Default" : "Override:Microsoft"), value),
        StringComparison.Ordinal);

    [Fact]
    public static void No_setting_is_left_out() =>
        Assert.Equal(All.Order(StringComparer.Ordinal), Wrong.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public static void A_list_or_a_member_in_place_of_a_value_is_refused(string setting)
    {
        var member = setting + ":zq8";
        var message = FailedStartTests.Refusal(member, "zq9");
        Assert.Matches($@"^A name that is set is no setting\. Is {Regex.Escape(setting)}(:Default)? meant \(", message);
        Assert.DoesNotContain("zq", message, StringComparison.Ordinal);
        string[] lists = ["Access:KnownNetworks", "Cds:Prefetch", "Cors:Origins", "Forms:Canonicals"];
        Assert.StartsWith(
            lists.Contains(setting) ? $"The setting {setting} must be " : $"A name that is set is no setting. Is {setting}",
            FailedStartTests.Refusal(setting + ":0", "zq9"),
            StringComparison.Ordinal);
    }
}
