namespace Screening.Fhir.Results;

/// <summary>The receipt of a decision.</summary>
/// <param name="Receipt">The receipt: an SD-JWT in compact form.</param>
/// <param name="Issuer">The service that signed it, by its address.</param>
/// <param name="When">When it signed.</param>
public sealed record SignedDecision(string Receipt, string Issuer, NodaTime.Instant When);
