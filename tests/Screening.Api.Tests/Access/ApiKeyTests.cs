using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using Screening.Api.Access;

namespace Screening.Api.Tests.Access;

/// <summary>What a key looks like, and how it is found again without being kept.</summary>
public sealed class ApiKeyTests
{
    private static readonly Instant Now = ServiceFixture.Now;

    private static readonly byte[] Sample = [.. Enumerable.Range(0, ApiKey.RandomBytes).Select(number => (byte)number)];

    [Fact]
    public void A_key_is_its_prefix_32_bytes_and_a_checksum()
    {
        var key = ApiKey.New(Sample);
        Assert.Equal("scr_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8_9_PvVi", key.Text);
        Assert.Equal(ApiKey.Length, key.Text.Length);
        Assert.True(ApiKey.IsWellFormed(key.Text));
        Assert.Matches("^scr_[A-Za-z0-9_-]{43}_[A-Za-z0-9_-]{6}$", key.Text);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key.Text))), key.Entry.Sha256);
        Assert.DoesNotContain(key.Text, $"{key}", StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_character_anywhere_makes_a_key_malformed()
    {
        var text = ApiKey.New(Sample).Text;
        for (var place = 0; place < text.Length; place++)
        {
            foreach (var other in "AZaz09-_ .~é\0".Where(other => other != text[place]))
            {
                Assert.False(ApiKey.IsWellFormed(text[..place] + other + text[(place + 1)..]), $"{place} {other}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_less_or_more_random_bytes_is_not_made(int length) =>
        Assert.Throws<ArgumentException>(() => ApiKey.New(new byte[length]));

    [Fact]
    public void The_entry_of_a_key_is_what_the_clients_file_takes()
    {
        var key = ApiKey.New(Sample, Now, Now + Duration.FromDays(365));
        var entry = JsonSerializer.Serialize(key.Entry, ClientsJson.Default.KeyEntry);
        Assert.DoesNotContain(key.Text[4..20], entry, StringComparison.Ordinal);
        Assert.Contains("\"notBefore\":\"2026-06-01T18:00:00Z\",\"expires\":\"2027-06-01T18:00:00Z\"", entry, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "expires", JsonSerializer.Serialize(ApiKey.New(Sample).Entry, ClientsJson.Default.KeyEntry), StringComparison.Ordinal);

        var file = ClientsFile.Read(Encoding.UTF8.GetBytes($$"""{ "clients": [ { "id": "a", "keys": [ {{entry}} ] } ] }"""));
        Assert.Null(file.Flaw);
        Assert.Equal("a", new ClientKeys(file.Keys).Find(key.Text, Now).Client?.Id);
    }

    [Fact]
    public void A_key_is_found_by_its_whole_digest_alone()
    {
        var key = ApiKey.New(Sample);
        var digest = Convert.FromHexString(key.Entry.Sha256);
        var (owner, other) = (new Client("owner", CredentialKind.ApiKey), new Client("other", CredentialKind.ApiKey));

        // Every digest that differs in one bit, all at once: most of them share the part that the lookup begins with.
        var near = Enumerable.Range(0, 256).Select(bit => new ClientKey(other, Flipped(digest, bit), null, null)).ToList();
        Assert.Equal(Refusal.KeyUnknown, new ClientKeys(near).Find(key.Text, Now).Refusal);
        Assert.Equal("owner", new ClientKeys([.. near, new ClientKey(owner, digest, null, null)]).Find(key.Text, Now).Client?.Id);
        Assert.Equal("owner", new ClientKeys([new ClientKey(owner, digest, null, null), .. near]).Find(key.Text, Now).Client?.Id);
    }

    /// <summary>
    /// By construction, since no stopwatch proves it: digests are compared whole, in one place, by what the platform has for it.
    /// </summary>
    [Fact]
    public void Digests_are_compared_in_constant_time_and_nothing_else_is_compared_with_a_key()
    {
        var lookup = File.ReadAllText(Repository.Path("src/Screening.Api/Access/ClientKeys.cs"));
        Assert.Contains("CryptographicOperations.FixedTimeEquals(digest, known.Digest)", lookup, StringComparison.Ordinal);
        Assert.DoesNotContain("SequenceEqual", lookup, StringComparison.Ordinal);
        Assert.DoesNotContain("digest ==", lookup, StringComparison.OrdinalIgnoreCase);

        // What is kept of a key is its digest: there is no text to compare with.
        Assert.Equal(
            [typeof(Client), typeof(byte[]), typeof(Instant?), typeof(Instant?)],
            typeof(ClientKey).GetConstructors()
                .Single(made => made.GetParameters().Length == 4).GetParameters().Select(parameter => parameter.ParameterType));
    }

    private static byte[] Flipped(byte[] digest, int bit)
    {
        byte[] flipped = [.. digest];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
