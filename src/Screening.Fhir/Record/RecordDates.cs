using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;
using Period = Hl7.Fhir.Model.Period;

namespace Screening.Fhir.Record;

/// <summary>Dates of a record, from FHIR's types, as calendar dates at the clinic.</summary>
internal sealed class RecordDates(DateTimeZone zone)
{
    /// <summary>A FHIR date, dateTime or instant, as <see cref="RecordedDates.Read"/> takes it; null when it is not told.</summary>
    public PartialDate? Of(PrimitiveType? element) => element?.JsonValue is string text ? RecordedDates.Read(text, zone) : null;

    /// <summary>
    /// When something that took place at a time or over a period happened. What happened somewhere in a period may have happened on its
    /// first or on its last day; without an end nobody knows.
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
    public (PartialDate? Start, PartialDate? End) Span(DataType? when) =>
        when is Period period ? (Of(period.StartElement), Of(period.EndElement)) : (Of(when as PrimitiveType), null);
}
