namespace Screening.Api.Http;

/// <summary>Metadata of an endpoint that whoever reaches the service may call. All others are for clients that say who they are.</summary>
internal sealed class OpenToAll
{
    /// <summary>The metadata.</summary>
    public static OpenToAll Instance { get; } = new();
}

/// <summary>Metadata of an endpoint that a CDS client may call with a token of its own (CDS Hooks).</summary>
internal sealed class OpenToCdsClients
{
    /// <summary>The metadata.</summary>
    public static OpenToCdsClients Instance { get; } = new();
}

/// <summary>Metadata of the intake form, which people reach without a key where its setting says so.</summary>
internal sealed class IntakeDoor
{
    /// <summary>The metadata.</summary>
    public static IntakeDoor Instance { get; } = new();

    /// <summary>True for a request of the form.</summary>
    public static bool IsAt(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IntakeDoor>() is not null;
}
