using System.Text;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;
using Period = Hl7.Fhir.Model.Period;

namespace Screening.Fhir.Record;

/// <summary>
/// Dates of a record as calendar dates at the clinic. A date that is not told, cannot be read or lies outside the years 1900 to 2199 is not
/// known, which counts as the worst case.
/// </summary>
internal sealed partial class RecordDates(DateTimeZone zone)
{
    private const int DateLength = 10;
    private const int LastYear = 9999;
    private const int LeapSecondAt = 16;

    /// <summary>A FHIR date, dateTime or instant: as much of a date as it tells, that of a time being its date at the clinic.</summary>
    public PartialDate? Of(PrimitiveType? element)
    {
        if (element?.JsonValue is not string text)
        {
            return null;
        }

        text = TooFine().Replace(text, "${nanoseconds}");

        // FHIR has leap seconds, which no calendar here has; one is on the day of the second before it.
        if (text.Length > LeapSecondAt + 2 && text.AsSpan(LeapSecondAt, 3) is ":60")
        {
            text = string.Concat(text.AsSpan(0, LeapSecondAt), ":59", text.AsSpan(LeapSecondAt + 3));
        }

        // In the last hours of the year 9999 a zone would lead out of the calendar: far outside the years that are known here.
        if (text.Length > DateLength && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value.Year: < LastYear } time)
        {
            text = LocalDatePattern.Iso.Format(time.Value.ToInstant().InZone(zone).Date);
        }

        return PartialDate.TryParse(Encoding.UTF8.GetBytes(text.Length > DateLength ? text[..DateLength] : text), out var date) ? date : null;
    }

    /// <summary>
    /// When something that took place at a time or over a period happened. What happened somewhere in a period may have happened on its first
    /// or on its last day; without an end nobody knows.
    /// </summary>
    public IReadOnlyList<PartialDate?> Happened(DataType? when)
    {
        if (when is not Period period)
        {
            return [Of(when as PrimitiveType)];
        }

        var (start, end) = (Of(period.StartElement), Of(period.EndElement));
        return end is null ? [null] : start is null || start == end ? [end] : [start, end];
    }

    /// <summary>When something that lasts began, and when it ended or will.</summary>
    public (PartialDate? Start, PartialDate? End) Span(DataType? when) => when is Period period ? (Of(period.StartElement), Of(period.EndElement)) : (Of(when as PrimitiveType), null);

    /// <summary>FHIR sets no limit to the digits of a second; what is finer than a nanosecond changes no date.</summary>
    [GeneratedRegex(@"(?<nanoseconds>\.[0-9]{9})[0-9]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TooFine();
}
