using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Screening.Api.Access;

/// <summary>
/// The tokens of one issuer that were used, until they are not good any more: each lets in one request. Their number is bounded, for each
/// issuer by itself; when it is full, no further token of this issuer is taken until one runs out.
/// </summary>
/// <param name="max">How many it may be.</param>
internal sealed class UsedTokens(int max = UsedTokens.Max)
{
    /// <summary>How many tokens of an issuer may be good and used at a time: about 300 calls a second.</summary>
    public const int Max = 100_000;

    private readonly Lock access = new();
    private readonly HashSet<UInt128> used = [];
    private readonly PriorityQueue<UInt128, Instant> ends = new();
    private Instant forgotten = Instant.MinValue;

    /// <summary>Takes a token, whose signature was verified, once.</summary>
    /// <param name="id">Its <c>jti</c>.</param>
    /// <param name="end">The first instant at which it is not good any more, in any case.</param>
    /// <param name="now">When the request came.</param>
    /// <returns>Why it is not taken; null when it is.</returns>
    public Refusal? Take(string id, Instant end, Instant now)
    {
        // A fixed size for each, whatever the issuer makes of it.
        var digest = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        lock (access)
        {
            while (ends.TryPeek(out var first, out var itsEnd) && itsEnd <= now)
            {
                ends.Dequeue();
                used.Remove(first);
                forgotten = itsEnd;
            }

            // Of a request that read the clock before another: its token may be one of those that were just forgotten.
            if (end <= forgotten)
            {
                return Refusal.TokenExpired;
            }

            if (used.Contains(digest))
            {
                return Refusal.TokenUsed;
            }

            if (used.Count >= max)
            {
                return Refusal.TokensFull;
            }

            used.Add(digest);
            ends.Enqueue(digest, end);
            return null;
        }
    }
}
