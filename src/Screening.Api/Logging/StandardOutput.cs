namespace Screening.Api.Logging;

/// <summary>
/// The standard output, unless it was closed before the process began. Its number then belongs to something that the runtime has opened
/// since, such as a pipe of its own, and lines must not go there.
/// </summary>
internal static class StandardOutput
{
    private const string Descriptors = "/proc/self/fdinfo";
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens it; when it was closed, a stream that takes nothing, so that every line is counted as dropped.</summary>
#pragma warning disable RS0030 // The only reference to the console; all other code logs.
    public static Stream Open() => IsInherited() ? Console.OpenStandardOutput() : new MemoryStream([]);
#pragma warning restore RS0030

    /// <summary>False when descriptor 1 was opened by this process: those close with the next program, an inherited one did not.</summary>
    private static bool IsInherited()
    {
        if (!Directory.Exists(Descriptors))
        {
            return true;
        }

        const string flags = "flags:";
        var output = new FileInfo(Path.Combine(Descriptors, "1"));
        var line = output.Exists
            ? File.ReadLines(output.FullName).FirstOrDefault(one => one.StartsWith(flags, StringComparison.Ordinal))
            : null;
        return line is not null && (Convert.ToInt32(line[flags.Length..].Trim(), fromBase: 8) & CloseOnExec) == 0;
    }
}
