using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>The appointment of a move, as it was sent: an object that is yet to be read strictly, as part of a request.</summary>
internal sealed class MovedAppointment
{
    /// <summary>The member of a request that has it.</summary>
    public const string Member = "appointment";

    private const string ZoneMember = "timeZone";
    private const string AreasMember = "areas";

    // What stays as it was where it is not stated anew. An end belongs to its start.
    private static readonly string[] Kept = [ZoneMember, AreasMember];

    private readonly string sent;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);

    /// <summary>Takes the JSON of an object.</summary>
    public MovedAppointment(byte[] sent)
    {
        this.sent = Encoding.UTF8.GetString(sent);
        foreach (var member in JsonElement.Parse(sent).EnumerateObject())
        {
            members.TryAdd(member.Name, member.Value);
        }
    }

    /// <summary>True when it names a zone, known or not.</summary>
    public bool HasZone => members.ContainsKey(ZoneMember);

    /// <summary>True when it states areas: whoever books says them, whatever was known of them before.</summary>
    public bool HasAreas => members.ContainsKey(AreasMember);

    /// <summary>Its start, which in an unknown zone has a date of its own only without an offset; null when it is none.</summary>
    public StatedTime? Start =>
        Text("start") is { } text && StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var start, secondsOptional: true) ? start : null;

    /// <summary>Its zone, or else that of the former appointment; null when there is none of that name.</summary>
    /// <param name="former">The appointment in the receipt's request.</param>
    public DateTimeZone? ZoneAfter(JsonObject former) =>
        (HasZone ? Text(ZoneMember) : (string?)former[ZoneMember]) is { } id ? ClinicZones.Find(id) : null;

    /// <summary>
    /// The appointment, to the letter as it was sent, after the members that stay as they were; so the reader finds every error in it, a
    /// member that is there twice too.
    /// </summary>
    /// <param name="former">The appointment in the receipt's request; null without one.</param>
    /// <param name="zone">A zone to assume in place of the former one.</param>
    public JsonNode After(JsonObject? former, DateTimeZone? zone = null)
    {
        var kept = new StringBuilder("{");
        foreach (var name in Kept.Where(name => !members.ContainsKey(name)))
        {
            if ((name == ZoneMember && zone is not null ? JsonValue.Create(zone.Id) : former?[name]) is { } value)
            {
                kept.Append('"').Append(name).Append("\":").Append(value.ToJsonString()).Append(',');
            }
        }

        if (members.Count == 0 && kept.Length > 1)
        {
            kept.Length--;
        }

        return JsonNode.Parse(kept.Append(sent.AsSpan(1)).ToString())!;
    }

    private string? Text(string member) =>
        members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
