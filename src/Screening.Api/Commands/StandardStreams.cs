using Microsoft.Win32.SafeHandles;

namespace Screening.Api.Commands;

#pragma warning disable RS0030 // The console as a stream of answers; the log does not use it.
#pragma warning disable CA2000 // The handle does not own its descriptor, which stays open.
/// <summary>What other programs give to a command and take from it.</summary>
internal static class StandardStreams
{
    /// <summary>Opens the standard input.</summary>
    public static Stream Input() => Console.OpenStandardInput();

    /// <summary>
    /// Opens the standard output, so that a reader that is gone is an error: the console's own stream says nothing of it. A file's own would
    /// not move the offset that it shares with other programs.
    /// </summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Output()
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
}
#pragma warning restore CA2000, RS0030
