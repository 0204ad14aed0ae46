using System.Text;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>Keys of clients in the tests, and files of them.</summary>
internal static class Keys
{
    /// <summary>A key that no other number has.</summary>
    public static ApiKey Numbered(int number)
    {
        var random = new byte[ApiKey.RandomBytes];
        BitConverter.TryWriteBytes(random, number);
        Encoding.ASCII.GetBytes("of a test").CopyTo(random, 8);
        return ApiKey.New(random);
    }

    /// <summary>A clients file with one client for each list of keys: <c>salon-0</c>, <c>salon-1</c> ….</summary>
    public static string File(params ApiKey[][] clients) =>
        $$"""{ "clients": [ {{string.Join(", ", clients.Select((keys, index) => $$"""{ "id": "salon-{{index}}", "keys": [ {{string.Join(", ", keys.Select(Entry))}} ] }"""))}} ] }""";

    private static string Entry(ApiKey key)
    {
        var text = new StringBuilder($$"""{ "sha256": "{{key.Entry.Sha256}}" """);
        Append(text, "notBefore", key.Entry.NotBefore);
        Append(text, "expires", key.Entry.Expires);
        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, string name, Instant? instant)
    {
        if (instant is { } at)
        {
            text.Append(", \"").Append(name).Append("\": \"").Append(InstantPattern.ExtendedIso.Format(at)).Append('"');
        }
    }
}
