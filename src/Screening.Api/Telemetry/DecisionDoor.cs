namespace Screening.Api.Telemetry;

/// <summary>Where a decision was asked for; the value of a label.</summary>
internal static class DecisionDoor
{
    public const string Screenings = "screenings";
    public const string Batch = "batch";
    public const string CarePlans = "care-plans";
    public const string CdsHooks = "cds-hooks";
    public const string Fhir = "fhir";
    public const string IntakeForm = "intake-form";
    public const string DecisionLink = "decision-link";
    public const string Move = "move";
}
