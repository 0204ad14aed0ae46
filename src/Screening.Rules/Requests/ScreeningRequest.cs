using NodaTime;

namespace Screening.Rules;

/// <summary>A request that was read without errors: everything that a decision needs.</summary>
/// <param name="Intake">The answers and clearances.</param>
/// <param name="Appointment">The requested appointment.</param>
/// <param name="AsOf">When the answers were true.</param>
/// <param name="Today">The clinic-local date of <paramref name="AsOf"/>.</param>
/// <param name="Reference">The client's own reference: echoed, never interpreted, never logged.</param>
public sealed record ScreeningRequest(Intake Intake, Appointment Appointment, Instant AsOf, LocalDate Today, string? Reference);
