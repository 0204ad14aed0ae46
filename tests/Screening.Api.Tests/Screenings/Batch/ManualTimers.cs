using System.Threading.Channels;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>Timers that end when a test says so. It is told of each that is set, so that it need not guess when time may pass.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly Channel<TimeSpan> set = Channel.CreateUnbounded<TimeSpan>();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Waits until one more timer is set.</summary>
    public async Task<TimeSpan> NextSetAsync() => await set.Reader.ReadAsync();

    /// <summary>Lets time pass; what ends by then is called before this returns.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (timers)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now)];
            due.ForEach(timer => timer.Due = null);
        }

        due.ForEach(timer => timer.Callback(timer.State));
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (timers)
        {
            return now.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (timers)
        {
            timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTimers owner, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback => callback;

        public object? State => state;

        /// <summary>When it ends; null while it is off.</summary>
        public TimeSpan? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner.timers)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner.now + dueTime;
            }

            if (Due is not null)
            {
                owner.set.Writer.TryWrite(dueTime);
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner.timers)
            {
                owner.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
