using Microsoft.Win32.SafeHandles;

namespace Screening.Api.Logging;

#pragma warning disable RS0030 // The only reference to the console's output; all other code logs.
#pragma warning disable CA2000 // The handle does not own its descriptor, which stays open.
/// <summary>The standard output, for the log and for commands that write to it.</summary>
internal static class StandardOutput
{
    private const string Descriptors = "/proc/self/fdinfo";
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// Opens it, so that a reader that is gone is an error: the console's own stream says nothing of it. A file's own would not move the
    /// offset that it shares with other programs.
    /// </summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!output.CanSeek)
        {
            return output;
        }

        output.Dispose();
        return Console.OpenStandardOutput();
    }

    /// <summary>
    /// Opens it for the log. When it was closed before the process began, a stream that takes nothing, so that every line is counted as
    /// dropped: its number then belongs to something that the runtime has opened since, such as a pipe of its own, and lines must not go
    /// there.
    /// </summary>
    public static Stream OpenForLog()
    {
        if (!Directory.Exists(Descriptors))
        {
            return Console.OpenStandardOutput();
        }

        return Flags() is not { } flags || (flags & CloseOnExec) != 0 ? new MemoryStream([])
            // Only the console's own stream waits when there is no room.
            : (flags & NonBlocking) != 0 ? Console.OpenStandardOutput()
            : Open();
    }

    /// <summary>
    /// The flags of descriptor 1; null when it is closed. One that this process opened closes with the next program, an inherited one did
    /// not.
    /// </summary>
    private static int? Flags()
    {
        const string flags = "flags:";
        var output = new FileInfo(Path.Combine(Descriptors, "1"));
        var line = output.Exists
            ? File.ReadLines(output.FullName).FirstOrDefault(one => one.StartsWith(flags, StringComparison.Ordinal))
            : null;
        return line is null ? null : Convert.ToInt32(line[flags.Length..].Trim(), fromBase: 8);
    }
}
#pragma warning restore CA2000, RS0030
