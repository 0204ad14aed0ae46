using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads the times of a request, and puts them into the clinic's zone once that is known.</summary>
internal static class TimeReader
{
    /// <summary>The time that the reader stands on; null, with the error noted, when it is none.</summary>
    public static StatedTime? Read(ref Utf8JsonReader reader, string pointer, InputErrors errors, bool offsetNeeded = false, int? index = null)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            JsonText.IsString(ref reader, At(pointer, index), errors);
            return null;
        }

        if (JsonText.TryTime(ref reader, out var time) && (time.Offset is not null || !offsetNeeded))
        {
            return time;
        }

        errors.Add(At(pointer, index), ErrorCode.InvalidDateTime);
        return null;
    }

    /// <summary>A stated time in the clinic's zone; null when it is absent or cannot be used, and then the errors say so.</summary>
    public static ZonedDateTime? InZone(StatedTime? stated, DateTimeZone? zone, string pointer, LocalDate? notBefore, InputErrors errors, int? index = null)
    {
        if (stated is not { } time || zone is null)
        {
            return null;
        }

        if (!time.TryInZone(zone, out var inZone))
        {
            errors.Add(At(pointer, index), ErrorCode.SkippedLocalTime);
            return null;
        }

        if (inZone.Date < notBefore)
        {
            errors.Add(At(pointer, index), ErrorCode.DateBeforeAsOf);
            return null;
        }

        return inZone;
    }

    /// <summary>The pointer to an element of a list, or to the member itself; made only for an error.</summary>
    private static string At(string pointer, int? index) => index is { } i ? Pointer.To(pointer, i) : pointer;
}
