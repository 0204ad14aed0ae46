namespace Screening.Api.Loading;

/// <summary>Whether the service has made its first calls itself: until then those of others may wait for it.</summary>
internal sealed class WarmUpState
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it has; it never fails.</summary>
    public Task Done => done.Task;

    /// <summary>Says that it has, or that it cannot.</summary>
    public void Complete() => done.TrySetResult();
}
