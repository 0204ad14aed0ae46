using System.Security.Cryptography;
using System.Text;
using Screening.Api.Contract;
using Screening.Api.Settings;
using static System.FormattableString;

namespace Screening.Api.Receipts;

/// <summary>
/// Makes signing keys of what a file or settings say of them. What is wrong is told by its place, and repeats nothing of them.
/// </summary>
internal static class KeyEntries
{
    private const int MaxKeys = 100;
    private const int MaxPemBytes = 1024 * 1024;
    private const int LongestReason = 100;

    /// <summary>Makes the keys.</summary>
    /// <param name="place">What the whole list is called.</param>
    /// <param name="entries">The entries, each with what it is called.</param>
    /// <param name="folder">Where the files are that they name.</param>
    /// <exception cref="FormatException">Something is wrong with them; its message says where and what.</exception>
    public static IReadOnlyList<SigningKey> ToKeys(string place, IReadOnlyList<(string Place, KeyEntry? Entry)> entries, string folder)
    {
        if (entries.Count > MaxKeys)
        {
            throw new FormatException(Invariant($"{place}: At most {MaxKeys} keys."));
        }

        SigningKey[] keys = [.. entries.Select(one => Of(one.Place, one.Entry, folder))];
        return keys.Count(key => key.State == KeyState.Current) != 1 ? throw new FormatException(place + ": Exactly one key is current.")
            : keys.DistinctBy(key => key.Public.Kid).Count() != keys.Length ? throw new FormatException(place + ": A key is there twice.")
            : keys;
    }

    private static SigningKey Of(string place, KeyEntry? entry, string folder)
    {
        // The elements of a list may be null however strict the reader is.
        if (entry is not { State: KeyState.Current or KeyState.Next or KeyState.Retired or KeyState.Revoked })
        {
            throw new FormatException($"{place}: Its state is current, next, retired or revoked.");
        }

        if (entry.State == KeyState.Revoked
            ? entry is not { RevokedAt: not null, Reason: { Length: > 0 and <= LongestReason } }
            : entry.RevokedAt is not null || entry.Reason is not null)
        {
            throw new FormatException(
                Invariant($"{place}: revokedAt and reason (1 to {LongestReason} characters) are of a revoked key, and of no other."));
        }

        var revoked = entry.RevokedAt is { } at
            ? new KeyRevocation { RevokedAt = at.ToUnixTimeSeconds(), Reason = entry.Reason! }
            : null;
        var key = Key(place, Pem(place, entry, folder), entry.State, revoked);
        return entry.State != KeyState.Current || key.CanSign ? key
            : throw new FormatException($"{place}: The current key needs its private half.");
    }

    private static string Pem(string place, KeyEntry entry, string folder)
    {
        if (entry.Pem is null == entry.File is null)
        {
            throw new FormatException($"{place}: A key is either in pem or in the file that file names.");
        }

        if (entry.Pem is { } pem)
        {
            return pem;
        }

        var path = Path.Combine(folder, entry.File!);
        var bytes = BoundedFile.Read(path, MaxPemBytes, out var flaw);
        return bytes is null ? throw new FormatException($"{place}: {flaw}") : Encoding.UTF8.GetString(bytes);
    }

    private static SigningKey Key(string place, string pem, KeyState state, KeyRevocation? revoked)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (SigningKey.Of(key, state, revoked) is { } made)
            {
                return made;
            }
        }
        catch (Exception flawed) when (flawed is CryptographicException or ArgumentException)
        {
            // Without what it says: it may repeat the key.
        }

        throw new FormatException($"{place}: This is not one key of EC P-256 in PEM, unencrypted.");
    }
}
