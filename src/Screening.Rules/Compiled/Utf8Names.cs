using System.Buffers.Binary;
using System.Text;

namespace Screening.Rules;

/// <summary>
/// Looks up the index of a name by its UTF-8 bytes, without allocating a string: a small open-addressed table, built once. Only the exact
/// bytes match.
/// </summary>
public sealed class Utf8Names
{
    private readonly byte[][] names;
    private readonly short[] buckets;

    /// <summary>Takes distinct names; a name's index is its position.</summary>
    public Utf8Names(IEnumerable<string> names)
    {
        this.names = [.. names.Select(Encoding.UTF8.GetBytes)];
        buckets = new short[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(this.names.Length * 4, 4))];
        for (var i = 0; i < this.names.Length; i++)
        {
            var bucket = Bucket(this.names[i]);
            while (buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & (buckets.Length - 1);
            }

            buckets[bucket] = (short)(i + 1);
        }
    }

    /// <summary>The name's index, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var bucket = Bucket(name); buckets[bucket] != 0; bucket = (bucket + 1) & (buckets.Length - 1))
        {
            if (name.SequenceEqual(names[buckets[bucket] - 1]))
            {
                return buckets[bucket] - 1;
            }
        }

        return -1;
    }

    private int Bucket(ReadOnlySpan<byte> name)
    {
        // Length, beginning and end distinguish the names of one table well enough; a collision costs one more comparison.
        ulong hash = (uint)name.Length;
        if (name.Length >= 8)
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(name) ^ BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
        }
        else
        {
            foreach (var b in name)
            {
                hash = (hash << 8) | b;
            }
        }

        return (int)((hash * 0x9E3779B97F4A7C15UL) >> 40) & (buckets.Length - 1);
    }
}
