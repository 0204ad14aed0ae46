using NodaTime;

namespace Screening.Fhir.CdsHooks;

/// <summary>What whoever runs the service says of the clinic and of its record system.</summary>
public sealed record HookSettings
{
    /// <summary>Nothing is said.</summary>
    public static HookSettings None { get; } = new();

    /// <summary>The clinic's zone, for appointments that name none; null where nobody knows it.</summary>
    public DateTimeZone? Clinic { get; init; }

    /// <summary>The names under which a filled-in form counts.</summary>
    public FormNames Forms { get; init; } = FormNames.OwnAlone;

    /// <summary>
    /// The keys that are asked for beside those that every server has, as <see cref="PrefetchTemplate.Further"/> lists them.
    /// </summary>
    public IReadOnlyCollection<string> Prefetch { get; init; } = [];
}
