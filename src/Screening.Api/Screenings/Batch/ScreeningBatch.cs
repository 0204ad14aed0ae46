namespace Screening.Api.Screenings.Batch;

// The bodies of a batch in the OpenAPI document. Before version 3.2, OpenAPI cannot describe a stream of lines, so each is a stream of
// bytes, which generated clients send and receive as one.

/// <summary>Lines of JSON, each a `CreateScreeningRequest`.</summary>
public sealed class ScreeningBatchRequest;

/// <summary>Lines of JSON, each a `ScreeningResponse`, or a `ProblemResponse` with its `line`.</summary>
public sealed class ScreeningBatchResponse;
