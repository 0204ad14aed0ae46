using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Screening.Api.Decisions;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>
/// The request that a receipt discloses: that of REST, and apart from it what only a receipt may say. A caller that stated what a record
/// raised would vouch for a record that nobody read.
/// </summary>
/// <param name="Body">The request, in the form of REST, by the version that decided.</param>
/// <param name="IsPinned">True when the caller named that version (<c>pinned</c>); false when it was the one in force.</param>
/// <param name="Record">What counted beside the answers (<c>record</c>); null for nothing.</param>
/// <param name="IsAnyZone">True when the clinic's zone was unknown (<c>zone</c>).</param>
/// <param name="Readings">The record as read in each zone (<c>readings</c>); null where it is the same in all.</param>
/// <param name="Form">The form that the answers are of (<c>form</c>); null where they are not of one.</param>
internal sealed record DisclosedRequest(
    JsonObject Body,
    bool IsPinned,
    IReadOnlyList<CountedAnswerJson>? Record,
    bool IsAnyZone,
    IReadOnlyList<ZoneReadingJson>? Readings,
    AnsweredForm? Form)
{
    /// <summary>The member of what counted beside the answers.</summary>
    public const string RecordMember = "record";

    /// <summary>The member of the form.</summary>
    public const string FormMember = "form";

    /// <summary>The member that says that the caller named the version.</summary>
    public const string PinnedMember = "pinned";

    private const string ZoneMember = "zone";
    private const string Any = "any";
    private const string ReadingsMember = "readings";

    /// <summary>Takes the JSON of a disclosure apart; null when it is not as the service writes it.</summary>
    public static DisclosedRequest? Of(string asked)
    {
        var body = (JsonObject)JsonNode.Parse(asked)!;
        var isPinned = body.Remove(PinnedMember, out var pinned);
        var isAny = body.Remove(ZoneMember, out var zone);
        if (!TryTake(body, RecordMember, CountedAnswersJson.Default.ListCountedAnswerJson, out var record)
            || !TryTake(body, ReadingsMember, CountedAnswersJson.Default.ListZoneReadingJson, out var readings)
            || !TryTake(body, FormMember, CountedAnswersJson.Default.AnsweredFormJson, out var stated))
        {
            return null;
        }

        var form = stated?.ToForm();
        return form is null == stated is null
            && (!isPinned || pinned?.GetValueKind() == JsonValueKind.True)
            && (isAny ? zone?.GetValueKind() == JsonValueKind.String && (string?)zone == Any : readings is null)
                ? new DisclosedRequest(body, isPinned, record, isAny, readings, form)
                : null;
    }

    /// <summary>Takes a member out of a request; false when it is not as the service writes it.</summary>
    private static bool TryTake<T>(JsonObject body, string name, JsonTypeInfo<T> type, out T? value)
        where T : class
    {
        value = null;
        if (!body.Remove(name, out var member))
        {
            return true;
        }

        try
        {
            value = member is null || HasNull(member) ? null : member.Deserialize(type);
        }
        catch (JsonException)
        {
            // Without what it says.
        }

        return value is not null;
    }

    /// <summary>True for a list or an object with a null in it: the service leaves out what is not there.</summary>
    private static bool HasNull(JsonNode node) => node switch
    {
        JsonArray list => list.Any(element => element is null || HasNull(element)),
        JsonObject members => members.Any(member => member.Value is null || HasNull(member.Value)),
        _ => false,
    };
}
