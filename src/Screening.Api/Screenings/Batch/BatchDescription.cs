namespace Screening.Api.Screenings.Batch;

/// <summary>The description of the batch route in the OpenAPI document.</summary>
internal static class BatchDescription
{
    public const string Text = """
        Newline-delimited JSON both ways: each line of the body is one request, as `POST /v1/screenings` takes it; line n of the answer is the answer to line n.
        A line that fails is answered with its problem document on one line, with `line` (from 1) and, where the line could be read, its `reference`; the rest goes on.

        * **Read while you write.** Answers are sent as soon as their lines are complete, and nothing more is read from a client that does not read its answers. A client that sends everything before it reads anything will wait forever once the buffers are full: write and read at the same time, or send some hundred lines at a time. (Over HTTP/1.1 .NET's `HttpClient` reads only after it has written; over HTTP/2 it does both. Node's `http.request` and `curl -T` do both.)
        * The body may have any size. A line may have 64 KiB, its end not counted; a longer one is answered with the problem `body-too-large`.
        * Lines end with LF or CRLF; the last need not. A line of nothing, or of white space, is answered with the error `invalid-json`.
        * The clock is read once: for every line without `asOf` it is the same instant.
        * Count the lines of the answer. If the body breaks off, or no line is completed or nothing is read for too long (30 seconds, unless the service is set otherwise), the lines that were complete are answered, the rest is not, and the connection is closed: the answer breaks off too, and must not be taken for the whole.
        * A service that is being stopped answers the next line with the problem `overloaded` (503) and ends the answer there: send that line and those after it again.
        * Each line after the first takes a permit of the client. Where none is left the batch goes on as they come back; a line that would wait for more than a second for its own, since other requests of the client take them, is answered with the problem `too-many-requests`.
        * `429` when too many batches are under way, at once or after a wait as long; try again after `Retry-After` seconds. A service that is being stopped answers `503` to those that wait.
        """;
}
