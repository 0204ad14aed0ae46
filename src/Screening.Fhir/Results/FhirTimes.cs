using Hl7.Fhir.Model;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>Converts dates and times from NodaTime to FHIR.</summary>
internal static class FhirTimes
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>");

    /// <summary>A date.</summary>
    public static Date Of(LocalDate date) => new(PartialDate.Of(date).ToString());

    /// <summary>A whole day.</summary>
    public static FhirDateTime Day(LocalDate date) => new(PartialDate.Of(date).ToString());

    /// <summary>A clinic-local time with its offset; in UTC for historical offsets with seconds, which FHIR cannot express.</summary>
    public static FhirDateTime Of(ZonedDateTime time) => new(Pattern.Format((time.Offset.Seconds % 60 == 0 ? time : time.WithZone(DateTimeZone.Utc)).ToOffsetDateTime()));

    /// <summary>An instant.</summary>
    public static Hl7.Fhir.Model.Instant Of(NodaTime.Instant instant) => new() { JsonValue = InstantPattern.ExtendedIso.Format(instant) };
}
