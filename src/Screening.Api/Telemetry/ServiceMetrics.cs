using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Screening.Rules;

namespace Screening.Api.Telemetry;

/// <summary>
/// Everything that the service measures of itself; what the framework measures is chosen in <see cref="TelemetryExport"/>. The table in
/// this room's page names all of it. No label has anything of a person, a client, an address or a path.
/// </summary>
public sealed class ServiceMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Screening.Api";

    private const string State = "state";
    private const string Running = "running";
    private const string Waiting = "waiting";

    private readonly Counter<long> decisions;
    private readonly Counter<long> readings;
    private readonly Counter<long> evicted;
    private readonly UpDownCounter<long> batches;
    private readonly ConcurrentDictionary<string, Func<bool>> files = new(StringComparer.Ordinal);

    /// <summary>Makes the instruments.</summary>
    public ServiceMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        decisions = Meter.CreateCounter<long>(
            "screening.decisions", "{decision}", "Decisions, by the version of the protocol, the door and the eligibility.");
        readings = Meter.CreateCounter<long>(
            "screening.file.readings", "{reading}", "Readings of a file that had changed, by what it was: good, or flawed.");
        evicted = Meter.CreateCounter<long>(
            "screening.connections.evicted", "{connection}", "Idle connections that were closed so that others had their places.");
        batches = Meter.CreateUpDownCounter<long>("screening.batches", "{batch}", "Batches that run, and that wait for their turn.");
        Meter.CreateObservableGauge(
            "screening.file.last_good", LastGood, description: "1 while a file has a flaw and what it said before holds; else 0.");
        Problems = Closed(
            "screening.problems", "{problem}", "code", "Requests that were answered with a problem, by its code.");
        LineProblems = Closed(
            "screening.batch.line.problems", "{line}", "code", "Lines of batches that were answered with a problem, by its code.");
        Refusals = Closed(
            "screening.credentials.refused", "{request}", "reason", "Requests whose credentials were not good, by the reason.");
        Limits = Closed("screening.limits.reached", "{time}", "limit", "How often a limit was reached, by the limit.");
        MemoryRefusals = Closed(
            "screening.memory.refused", "{time}", "use", "How often the memory budget had nothing left, by what it was wanted for.");
        Receipts = Closed("screening.receipts.signed", "{receipt}", "outcome", "Receipts that were wanted: signed, failed, or too long.");
        ReceiptChecks = Closed(
            "screening.receipts.verified", "{receipt}", "outcome", "Receipts that were checked: genuine, or their flaw.");
    }

    /// <summary>The meter of this service, for whoever listens to this one alone.</summary>
    internal Meter Meter { get; }

    /// <summary>Problems, by code.</summary>
    internal ClosedCounter Problems { get; }

    /// <summary>Problems of lines of batches, by code.</summary>
    internal ClosedCounter LineProblems { get; }

    /// <summary>Refused credentials, by reason.</summary>
    internal ClosedCounter Refusals { get; }

    /// <summary>Limits that were reached, as <see cref="ReachedLimit"/> names them.</summary>
    internal ClosedCounter Limits { get; }

    /// <summary>Memory that was not there, by use.</summary>
    internal ClosedCounter MemoryRefusals { get; }

    /// <summary>Receipts, by outcome.</summary>
    internal ClosedCounter Receipts { get; }

    /// <summary>Checks of receipts, by outcome.</summary>
    internal ClosedCounter ReceiptChecks { get; }

    /// <summary>The metrics that a request counts in; null for the service's own calls, which count nowhere.</summary>
    internal static ServiceMetrics? Of(HttpContext context) => context.Features.Get<ServiceMetrics>();

    /// <summary>Counts none of what has no values to begin with, so that it is told from the start.</summary>
    internal void Begin()
    {
        evicted.Add(0);
        BatchesRunning(0);
        BatchesWaiting(0);
    }

    /// <summary>Counts a decision. Its status is counted by protocol, never by client.</summary>
    /// <param name="door">Where it was asked for.</param>
    /// <param name="protocol">By which it was made.</param>
    /// <param name="eligibility">What it is.</param>
    internal void Decided(string door, Protocol protocol, Eligibility eligibility)
    {
        if (decisions.Enabled)
        {
            decisions.Add(
                1, new("protocol", protocol.Reference), new("door", door), new("eligibility", WireName.Of(eligibility)));
        }
    }

    /// <summary>Counts a changed file that was read.</summary>
    /// <param name="file">Which one.</param>
    /// <param name="isGood">Whether it holds from now on.</param>
    internal void FileRead(string file, bool isGood) =>
        readings.Add(1, new("file", file), new KeyValuePair<string, object?>("outcome", isGood ? "good" : "flawed"));

    /// <summary>Counts a connection that was closed for another.</summary>
    internal void ConnectionEvicted() => evicted.Add(1);

    /// <summary>A batch begins or ends to run.</summary>
    internal void BatchesRunning(int more) => batches.Add(more, new KeyValuePair<string, object?>(State, Running));

    /// <summary>A batch begins or ends to wait.</summary>
    internal void BatchesWaiting(int more) => batches.Add(more, new KeyValuePair<string, object?>(State, Waiting));

    /// <summary>Tells whether a file has a flaw, so that what it said before holds.</summary>
    internal void ObserveFile(string file, Func<bool> isLastGood)
    {
        files[file] = isLastGood;
        readings.Add(0, new("file", file), new KeyValuePair<string, object?>("outcome", "flawed"));
    }

    /// <summary>Tells how many calls of the FHIR and CDS Hooks doors are worked on and wait.</summary>
    internal void ObserveRecords(Func<(string Lane, int Running, int Waiting)[]> lanes) => Meter.CreateObservableUpDownCounter(
        "screening.records",
        () => lanes().SelectMany(lane => (Measurement<long>[])
        [
            new(lane.Running, new("lane", lane.Lane), new KeyValuePair<string, object?>(State, Running)),
            new(lane.Waiting, new("lane", lane.Lane), new KeyValuePair<string, object?>(State, Waiting)),
        ]),
        "{call}",
        "Calls of the FHIR and CDS Hooks doors that are worked on, and that wait, of small bodies and of large ones.");

    /// <summary>Tells how many connections there are, and how many there may be.</summary>
    internal void ObserveConnections(Func<int> open, int max)
    {
        Meter.CreateObservableUpDownCounter("screening.connections.open", open, "{connection}", "Connections that are open.");
        Meter.CreateObservableGauge("screening.connections.max", () => max, "{connection}", "Connections that may be open at a time.");
    }

    /// <summary>Tells how many lines of the log were dropped.</summary>
    internal void ObserveDroppedLines(Func<long> dropped) => Meter.CreateObservableCounter(
        "screening.log.dropped", dropped, "{line}", "Lines of the log that were dropped, as nobody took them.");

    /// <summary>Tells which protocols decide, and what this build is.</summary>
    internal void ObserveInfo(IEnumerable<Protocol> protocols, string version)
    {
        Measurement<int>[] loaded =
        [
            .. protocols.Select(one => new Measurement<int>(
                1, new("protocol", one.Reference), new KeyValuePair<string, object?>("digest", one.Digest))),
        ];
        Meter.CreateObservableGauge(
            "screening.protocol.info", () => loaded, description: "1 for each version of a protocol, with the digest of its file.");
        Meter.CreateObservableGauge(
            "screening.build.info",
            () => new Measurement<int>(
                1, new("version", version), new KeyValuePair<string, object?>("runtime", Environment.Version.ToString())),
            description: "1, with the version of the service and of .NET.");
    }

    private IEnumerable<Measurement<int>> LastGood() => files.Select(
        file => new Measurement<int>(file.Value() ? 1 : 0, new KeyValuePair<string, object?>("file", file.Key)));

    private ClosedCounter Closed(string name, string unit, string label, string meaning) =>
        new(Meter.CreateCounter<long>(name, unit, meaning), label);
}
