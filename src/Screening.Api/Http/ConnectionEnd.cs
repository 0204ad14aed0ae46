using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Screening.Api.Http;

/// <summary>How a connection ends whose request is not read to its end, or that is not wanted any longer.</summary>
internal static class ConnectionEnd
{
    private static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Says that the server closes the connection after this response, so that the client does not use it again. HTTP/2 has no such header.
    /// </summary>
    public static void CloseAfterResponse(this HttpContext context)
    {
        if (!IsShared(context))
        {
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>
    /// Closes the connection of a client that was waited for long enough, a second after the response: the server would wait for the rest
    /// of its body for five more.
    /// </summary>
    public static void HangUpAfterResponse(this HttpContext context)
    {
        context.CloseAfterResponse();
        if (!IsShared(context) && context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            context.Response.OnCompleted(async () =>
            {
                // The response is on its way to the socket.
                await Task.Delay(ResponseTime, context.RequestServices.GetRequiredService<TimeProvider>());
                try
                {
                    socket.Shutdown(SocketShutdown.Both);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    // The client did so first.
                }
            });
        }
    }

    /// <summary>
    /// Ends the request of a client that has gone away. The server would look for the rest of it, or for a further request, and log an
    /// error.
    /// </summary>
    public static void Abandon(this HttpContext context)
    {
        if (!IsShared(context))
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        context.Abort();
    }

    /// <summary>True over HTTP/2: the connection may have further requests, perhaps of others, and each ends by itself.</summary>
    private static bool IsShared(HttpContext context) => HttpProtocol.IsHttp2(context.Request.Protocol);
}
