using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Screening.Benchmarks.Peers;

/// <summary>Kestrel with neither routing nor host: the body is read and dropped, the answer is a fixed text of the same length. What HTTP costs by itself.</summary>
public static class Plaintext
{
    public static async Task RunAsync(int port, int length)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        services.AddSingleton<IServer, KestrelServer>();
        services.AddSingleton<Microsoft.AspNetCore.Connections.IConnectionListenerFactory, Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.SocketTransportFactory>();
        await using var provider = services.BuildServiceProvider();
        using var server = (KestrelServer)provider.GetRequiredService<IServer>();
        await server.StartAsync(new Echo(length), CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }

    private sealed class Echo(int length) : IHttpApplication<IFeatureCollection>
    {
        private readonly byte[] answer = Encoding.ASCII.GetBytes(new string('a', length));

        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(IFeatureCollection context)
        {
            var reader = context.Get<IRequestBodyPipeFeature>()!.Reader;
            while (true)
            {
                var read = await reader.ReadAsync();
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            var response = context.Get<IHttpResponseFeature>()!;
            response.Headers.ContentLength = answer.Length;
            response.Headers.ContentType = "text/plain";
            await context.Get<IHttpResponseBodyFeature>()!.Writer.WriteAsync(answer);
        }
    }
}
