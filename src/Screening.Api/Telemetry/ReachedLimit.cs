namespace Screening.Api.Telemetry;

/// <summary>The limits that can be reached; the value of a label.</summary>
internal static class ReachedLimit
{
    /// <summary>A client's permits.</summary>
    public const string Client = "client";

    /// <summary>Requests of one address without good credentials.</summary>
    public const string Refusals = "refusals";

    /// <summary>Requests of one address at the open intake form.</summary>
    public const string IntakeForm = "intake-form";

    /// <summary>Batches that run and wait.</summary>
    public const string Batches = "batches";

    /// <summary>Calls of the FHIR and CDS Hooks doors that wait.</summary>
    public const string Records = "records";

    /// <summary>Connections, when none is idle.</summary>
    public const string Connections = "connections";

    /// <summary>Requests at a time over HTTP/2.</summary>
    public const string Streams = "streams";

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => [Client, Refusals, IntakeForm, Batches, Records, Connections, Streams];
}
