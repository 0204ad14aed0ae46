using NodaTime;

namespace Screening.Fhir.CdsHooks;

/// <summary>The operator's settings for the clinic and its record system.</summary>
public sealed record HookSettings
{
    /// <summary>The default settings.</summary>
    public static HookSettings None { get; } = new();

    /// <summary>The clinic's zone, for appointments that name none; null when unknown.</summary>
    public DateTimeZone? Clinic { get; init; }

    /// <summary>The accepted names of a form's questionnaire.</summary>
    public FormNames Forms { get; init; } = FormNames.OwnAlone;

    /// <summary>The keys to request in addition to those that every server supports, from <see cref="PrefetchTemplate.Further"/>.</summary>
    public IReadOnlyCollection<string> Prefetch { get; init; } = [];
}
