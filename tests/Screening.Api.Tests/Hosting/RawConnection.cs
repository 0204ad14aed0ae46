using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Screening.Api.Tests.Hosting;

/// <summary>A connection on which a test sends what it likes, when it likes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new();
    private readonly StreamReader reader;

    public RawConnection(Uri address)
    {
        client.Connect(address.Host, address.Port);
        reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    /// <summary>Sends text as it is.</summary>
    public async Task SendAsync(string text) => await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Everything until the service closes the connection.</summary>
    public async Task<string> ReadToEndAsync() => await reader.ReadToEndAsync();

    /// <summary>The next line of the response.</summary>
    public async Task<string?> ReadLineAsync() => await reader.ReadLineAsync();

    /// <summary>The rest of a response whose first line was read.</summary>
    public async Task ReadResponseAsync()
    {
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length: ", StringComparison.Ordinal))
            {
                length = int.Parse(header["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            }
        }

        await reader.ReadBlockAsync(new char[length]);
    }

    /// <summary>Goes away: closes the connection, or resets it.</summary>
    public void Leave(bool isReset)
    {
        client.LingerState = new LingerOption(isReset, 0);
        client.Close();
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
