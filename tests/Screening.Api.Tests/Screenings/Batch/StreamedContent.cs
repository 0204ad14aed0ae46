using System.Net;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A body that is written as it goes; its length is not told in front.</summary>
internal sealed class StreamedContent(Func<Stream, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
