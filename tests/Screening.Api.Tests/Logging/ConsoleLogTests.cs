using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Screening.Api.Logging;
using Serilog;

namespace Screening.Api.Tests.Logging;

/// <summary>What a developer reads on the console has nothing either that an exception's message may quote.</summary>
public sealed class ConsoleLogTests
{
    private const string Secret = "zq9secretvalue";

    [Fact]
    public static void A_failure_is_shown_by_its_type_and_place_and_without_its_message()
    {
        using var shown = new MemoryStream();
        using (var log = new LoggerConfiguration()
            .ToStandardOutput(new HostingEnvironment { EnvironmentName = Environments.Development }, shown).CreateLogger())
        {
            try
            {
                Quote();
            }
            catch (FormatException failure)
            {
                log.Error(failure, "It failed");
            }
        }

        var text = Encoding.UTF8.GetString(shown.ToArray());
        Assert.Contains("System.FormatException\n", text, StringComparison.Ordinal);
        Assert.Contains(" caused by System.InvalidOperationException", text, StringComparison.Ordinal);
        Assert.Contains($"{nameof(Quote)}()", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    private static void Quote() => throw new FormatException($"{Secret} is no time", new InvalidOperationException(Secret));
}
