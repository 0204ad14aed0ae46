using System.Text.Json;

namespace Screening.Rules;

/// <summary>The members that a JSON object may have, each once. Any other member is an error, and its value is skipped.</summary>
/// <param name="required">How many of the members, from the first, are required.</param>
/// <param name="members">The members, each with what it accepts.</param>
public sealed class KnownMembers(int required, params (string Name, LocalizedText Accepted)[] members)
{
    private readonly int required = required;
    private readonly (string Name, LocalizedText Accepted)[] members = members;
    private readonly string[] names = [.. members.Select(member => member.Name)];
    private readonly Utf8Names table = new(members.Select(member => member.Name));

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>An object with these members.</summary>
    public LocalizedText Accepted { get; } = Rules.Accepted.Object([.. members.Select(member => member.Name)]);

    /// <summary>What a member accepts.</summary>
    public LocalizedText AcceptedBy(string member) => members.First(one => one.Name == member).Accepted;

    /// <summary>
    /// Moves to the value of the next member and returns its name; null at the object's end, with missing members reported.
    /// </summary>
    /// <param name="reader">Positioned on the object's start, or on the end of the previous value.</param>
    /// <param name="parent">The pointer to the object or, with <paramref name="element"/>, to its list.</param>
    /// <param name="seen">A bit for each name found so far; 0 at the start.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="element">The object's index in its list: the pointer is built only for an error.</param>
    public string? Next(ref Utf8JsonReader reader, string parent, ref int seen, InputErrors errors, int? element = null)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = JsonText.Find(ref reader, table);
            if (index >= 0 && (seen & (1 << index)) == 0)
            {
                seen |= 1 << index;
                reader.Read();
                return names[index];
            }

            if (index < 0)
            {
                var name = reader.GetString()!;
                errors.Add(
                    Place(name), ErrorCode.UnknownMember, errors.MayGuess ? Rules.Accepted.Meant(Accepted, names, name) : Accepted);
            }
            else
            {
                errors.Add(Place(names[index]), ErrorCode.RepeatedMember);
            }

            JsonText.SkipMember(ref reader);
        }

        for (var i = 0; i < required; i++)
        {
            if ((seen & (1 << i)) == 0)
            {
                errors.Add(Place(names[i]), ErrorCode.MissingMember, members[i].Accepted);
            }
        }

        return null;

        string Place(string member) => Pointer.To(element is { } index ? Pointer.To(parent, index) : parent, member);
    }
}
