using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>What memory is taken for.</summary>
public enum MemoryUse
{
    /// <summary>A body of the doors that take large ones.</summary>
    LargeBody,

    /// <summary>Any other body.</summary>
    Body,

    /// <summary>An answer.</summary>
    Response,
}

/// <summary>
/// The memory that bodies and responses may take while a client sends or reads them, a part of it for each use: who takes all of one takes
/// nothing of the others. Small ones are not counted: they may always come.
/// </summary>
/// <remarks>500 half-sent bodies of a mebibyte ended a process in a container of 512 MiB.</remarks>
public sealed class MemoryBudget
{
    /// <summary>
    /// What is not counted of each body, in bytes. Over HTTP/2, of all unfinished bodies of a connection together.
    /// </summary>
    public const int FreeBytes = 16 * 1024;

    /// <summary>The step in which memory is taken while a body grows, in bytes.</summary>
    private const int Step = 16 * 1024;

    // An eighth of what the process may have; a body is parsed to several times its size.
    private const int Share = 8;
    private const long MaxBytes = 256 * 1024 * 1024;

    private readonly long capacity;
    private readonly long[] taken = new long[3];

    /// <summary>A budget of a share of the memory that the process may have.</summary>
    public MemoryBudget()
        : this(CapacityOf(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))
    {
    }

    /// <summary>A budget of so many bytes.</summary>
    public MemoryBudget(long capacity) => this.capacity = capacity;

    /// <summary>The budget of a process that may have so many bytes.</summary>
    public static long CapacityOf(long memory) => Math.Min(MaxBytes, memory / Share);

    /// <summary>What is taken for a use, in bytes.</summary>
    internal long Taken(MemoryUse use) => Interlocked.Read(ref taken[(int)use]);

    /// <summary>
    /// Takes memory for a body that has grown to this size, until the request ends; false when there is none left.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="use">What it is.</param>
    /// <param name="bytes">The size of the body or response so far.</param>
    /// <param name="lease">What it has taken; null at first.</param>
    public bool TryTake(HttpContext context, MemoryUse use, long bytes, ref Lease? lease)
    {
        if (bytes <= FreeBytes && IsFree(context, bytes, ref lease))
        {
            return true;
        }

        var more = ((bytes + Step - 1) / Step * Step) - (lease?.Bytes ?? 0);
        if (more <= 0)
        {
            return true;
        }

        if (Interlocked.Add(ref taken[(int)use], more) > PartOf(use))
        {
            Interlocked.Add(ref taken[(int)use], -more);
            ServiceMetrics.Of(context)?.MemoryRefusals.Add(WireName.Of(use));
            return false;
        }

        LeaseOf(context, ref lease).Take(use, more);
        return true;
    }

    /// <summary>True when all of it is within what is not counted. Over HTTP/2 the streams of a connection share that.</summary>
    private bool IsFree(HttpContext context, long bytes, ref Lease? lease)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) || OpenConnection.Of(context) is not { } connection)
        {
            return true;
        }

        var more = bytes - (lease?.FreeBytes ?? 0);
        if (!connection.TryTake(more))
        {
            return false;
        }

        LeaseOf(context, ref lease).TakeFree(connection, more);
        return true;
    }

    private Lease LeaseOf(HttpContext context, ref Lease? lease)
    {
        if (lease is null)
        {
            lease = new Lease(this);
            context.Response.OnCompleted(GiveBack, lease);
        }

        return lease;
    }

    /// <summary>The large bodies' part is half of it.</summary>
    private long PartOf(MemoryUse use) => use == MemoryUse.LargeBody ? capacity / 2 : capacity / 4;

    private static Task GiveBack(object lease)
    {
        ((Lease)lease).GiveBack();
        return Task.CompletedTask;
    }

    /// <summary>Memory that a request has taken until it ends.</summary>
    public sealed class Lease(MemoryBudget budget)
    {
        private OpenConnection? connection;
        private MemoryUse use;

        /// <summary>The bytes.</summary>
        internal long Bytes { get; private set; }

        /// <summary>The bytes of what the connection's bodies may have without it.</summary>
        internal long FreeBytes { get; private set; }

        /// <summary>Adds bytes of the budget.</summary>
        internal void Take(MemoryUse of, long bytes) => (use, Bytes) = (of, Bytes + bytes);

        /// <summary>Adds bytes of the connection's.</summary>
        internal void TakeFree(OpenConnection of, long bytes) => (connection, FreeBytes) = (of, FreeBytes + bytes);

        /// <summary>Gives all of it back, once.</summary>
        internal void GiveBack()
        {
            Interlocked.Add(ref budget.taken[(int)use], -Bytes);
            connection?.GiveBack(FreeBytes);
            (Bytes, FreeBytes) = (0, 0);
        }
    }
}
