using NodaTime;

namespace Screening.Rules;

/// <summary>A request that was read and found free of errors: everything that a decision needs.</summary>
/// <param name="Intake">What was said.</param>
/// <param name="Appointment">When it would be.</param>
/// <param name="AsOf">When the answers were true.</param>
/// <param name="Today">The clinic-local date of <paramref name="AsOf"/>.</param>
/// <param name="Reference">The sender's own reference; echoed, never interpreted, never logged.</param>
public sealed record ScreeningRequest(Intake Intake, Appointment Appointment, Instant AsOf, LocalDate Today, string? Reference);
