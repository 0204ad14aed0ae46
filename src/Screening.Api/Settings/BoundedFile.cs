using System.Globalization;

namespace Screening.Api.Settings;

/// <summary>Reads files that the configuration names.</summary>
internal static class BoundedFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="maxBytes">The most bytes that it may have, a multiple of a mebibyte.</param>
    /// <param name="flaw">Why it cannot be read; null when it was.</param>
    /// <returns>Its bytes; null when it cannot be read.</returns>
    public static byte[]? Read(string path, int maxBytes, out string? flaw)
    {
        try
        {
            // A pipe or a device has no length, and reading one may never end.
            var target = new FileInfo(path);
            target = target.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? target;
            if (target.Length is var length && (length == 0 || length > maxBytes))
            {
                flaw = string.Create(CultureInfo.InvariantCulture, $"This is not a file of 1 byte to {maxBytes / (1024 * 1024)} MiB.");
                return null;
            }

            flaw = null;
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            flaw = "The file cannot be read.";
            return null;
        }
    }
}
