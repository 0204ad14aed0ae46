using System.Text.Json;
using Screening.Api.Access;
using static System.FormattableString;

namespace Screening.Api.Receipts;

/// <summary>What a reading of the keys file gave: the keys, or what is wrong with it, in words that repeat nothing of the file.</summary>
internal sealed record KeysFile(IReadOnlyList<SigningKey> Keys, string? Flaw)
{
    private const string List = "/keys";

    /// <summary>Reads the keys.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="folder">Where it is, for the files that it names.</param>
    public static KeysFile Read(ReadOnlySpan<byte> bytes, string folder)
    {
        try
        {
            var document = JsonSerializer.Deserialize(ReloadedFile.Content(bytes), KeysJson.Default.KeysDocument)
                ?? throw new JsonException();
            return new KeysFile(
                KeyEntries.ToKeys(
                    List, [.. document.Keys.Index().Select(entry => (Invariant($"{List}/{entry.Index}"), (KeyEntry?)entry.Item))], folder),
                null);
        }
        catch (JsonException wrong)
        {
            // Its message and path may repeat the file.
            var place = wrong.LineNumber is { } line ? Invariant($"Line {line + 1}") : "This";
            return Flawed(place + " is not JSON, or a member is unknown, repeated, missing or of another kind.");
        }
        catch (FormatException wrong)
        {
            return Flawed(wrong.Message);
        }
    }

    private static KeysFile Flawed(string flaw) => new([], flaw);
}
