namespace Screening.Api.Screenings.Batch;

// The bodies of a batch, for the OpenAPI document. It has no word for a stream of lines yet (3.2 has), so each is a stream of bytes, which
// generated clients send and receive as one.

/// <summary>Lines of JSON, each a `CreateScreeningRequest`.</summary>
public sealed class ScreeningBatchRequest;

/// <summary>Lines of JSON, each a `ScreeningResponse`, or a `ProblemResponse` with its `line`.</summary>
public sealed class ScreeningBatchResponse;
