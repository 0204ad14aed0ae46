using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;
using Period = Hl7.Fhir.Model.Period;

namespace Screening.Fhir.Record;

/// <summary>Converts dates of a record from FHIR's types to calendar dates at the clinic.</summary>
internal sealed class RecordDates(DateTimeZone zone)
{
    /// <summary>A FHIR date, dateTime or instant, as <see cref="RecordedDates.Read"/> interprets it; null when not stated.</summary>
    public PartialDate? Of(PrimitiveType? element) => element?.JsonValue is string text ? RecordedDates.Read(text, zone) : null;

    /// <summary>
    /// When something at a time or in a period may have happened. Within a period it may have happened on the first or on the last day;
    /// without an end the date is unknown.
    /// </summary>
    public IReadOnlyList<PartialDate?> PossibleDates(DataType? when)
    {
        if (when is not Period period)
        {
            return [Of(when as PrimitiveType)];
        }

        var (start, end) = (Of(period.StartElement), Of(period.EndElement));
        return end is null ? [null] : start is null || start == end ? [end] : [start, end];
    }

    /// <summary>When a period began, and when it ended or will end.</summary>
    public (PartialDate? Start, PartialDate? End) Span(DataType? when) =>
        when is Period period ? (Of(period.StartElement), Of(period.EndElement)) : (Of(when as PrimitiveType), null);
}
