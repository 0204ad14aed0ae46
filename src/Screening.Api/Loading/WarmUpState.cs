namespace Screening.Api.Loading;

/// <summary>Tracks the warm-up calls; FHIR and CDS requests may wait for them.</summary>
internal sealed class WarmUpState
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the warm-up ends; never fails.</summary>
    public Task Done => completion.Task;

    /// <summary>Marks the warm-up as ended, whether or not it succeeded.</summary>
    public void Complete() => completion.TrySetResult();
}
