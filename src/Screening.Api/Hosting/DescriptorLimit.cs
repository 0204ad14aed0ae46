using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>How many files and sockets this process may have open.</summary>
/// <remarks>
/// With a few dozen the runtime starts, and then cannot open the assembly of whatever comes next. Program asks here first, and nothing here
/// needs more than the core library.
/// </remarks>
internal static class DescriptorLimit
{
    // With 180 the log of a start that fails was still written.
    private const int LeastOfAnyCommand = 200;

    /// <summary>False, and told on standard error, when no command could even log what is wrong.</summary>
    public static bool IsEnoughToTell()
    {
        if (Read() >= LeastOfAnyCommand)
        {
            return true;
        }

        try
        {
            using var handle = new SafeFileHandle(2, ownsHandle: false);
            using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            var reason = SettingException.TooFewDescriptorsText(ConnectionLimits.LeastDescriptors);
            error.Write(Encoding.UTF8.GetBytes($"The service did not start: {reason}\n"));
        }
        catch (Exception closed) when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // The exit code says it alone.
        }

        return false;
    }

    /// <summary>The soft limit, which the runtime raises as far as it may; no limit where the system tells of none.</summary>
    public static int Read()
    {
        const string limits = "/proc/self/limits";
        const string name = "Max open files";
        if (!File.Exists(limits))
        {
            return int.MaxValue;
        }

        var text = File.ReadAllText(limits);
        var line = text.IndexOf(name, StringComparison.Ordinal);
        var soft = line < 0 ? [] : text.AsSpan(line + name.Length).TrimStart();
        return int.TryParse(soft[..Math.Max(soft.IndexOf(' '), 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : int.MaxValue;
    }
}
