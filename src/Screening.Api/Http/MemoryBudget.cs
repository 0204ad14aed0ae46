namespace Screening.Api.Http;

/// <summary>
/// The memory that bodies and responses may take while a client sends or reads them. Small ones are not counted: they may always come.
/// </summary>
/// <remarks>500 half-sent bodies of a mebibyte ended a process in a container of 512 MiB.</remarks>
public sealed class MemoryBudget
{
    /// <summary>What is not counted, of each body and response, in bytes.</summary>
    public const int FreeBytes = 16 * 1024;

    /// <summary>The step in which memory is taken while a body grows, in bytes.</summary>
    private const int Step = 64 * 1024;

    // An eighth of what the process may have; a body is parsed to several times its size.
    private const int Share = 8;
    private const long MaxBytes = 256 * 1024 * 1024;

    private readonly long capacity;
    private long taken;

    /// <summary>A budget of a share of the memory that the process may have.</summary>
    public MemoryBudget()
        : this(Math.Min(MaxBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share))
    {
    }

    /// <summary>A budget of so many bytes.</summary>
    public MemoryBudget(long capacity) => this.capacity = capacity;

    /// <summary>What is taken, in bytes.</summary>
    internal long Taken => Interlocked.Read(ref taken);

    /// <summary>
    /// Takes memory for a body that has grown to this size, until the request ends; false when there is none left.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">The size of the body or response so far.</param>
    /// <param name="lease">What it has taken; null at first.</param>
    public bool TryTake(HttpContext context, long bytes, ref Lease? lease)
    {
        var wanted = bytes <= FreeBytes ? 0 : (bytes + Step - 1) / Step * Step;
        var more = wanted - (lease?.Bytes ?? 0);
        if (more <= 0)
        {
            return true;
        }

        if (Interlocked.Add(ref taken, more) > capacity)
        {
            Interlocked.Add(ref taken, -more);
            return false;
        }

        if (lease is null)
        {
            lease = new Lease(this);
            context.Response.OnCompleted(GiveBack, lease);
        }

        lease.Bytes += more;
        return true;
    }

    private static Task GiveBack(object lease)
    {
        var (budget, bytes) = ((Lease)lease).Taken;
        Interlocked.Add(ref budget.taken, -bytes);
        return Task.CompletedTask;
    }

    /// <summary>Memory that a request has taken until it ends.</summary>
    public sealed class Lease(MemoryBudget budget)
    {
        /// <summary>The bytes.</summary>
        internal long Bytes { get; set; }

        /// <summary>The bytes, and what they were taken from.</summary>
        internal (MemoryBudget Budget, long Bytes) Taken => (budget, Bytes);
    }
}
