using System.Text;
using System.Text.Json;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// Counts of what users did with cards. Nothing else of a feedback is kept, not even temporarily: the card and the reason for overriding it
/// could reveal something about the patient.
/// </summary>
/// <param name="Accepted">Cards of which suggestions were accepted.</param>
/// <param name="Overridden">Cards that were overridden.</param>
/// <param name="WithReason">Of those, how many with a reason chosen from a list.</param>
/// <param name="WithComment">Of those, how many with the user's own comment.</param>
/// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#feedback"/>.</remarks>
public sealed record FeedbackCounts(int Accepted, int Overridden, int WithReason, int WithComment);

/// <summary>Reads feedback: strictly where the specification requires, ignoring everything else.</summary>
public static class FeedbackReader
{
    private const string Accepted = "accepted";
    private const string Overridden = "overridden";

    private static readonly string[] Members = ["card", "outcome", "outcomeTimestamp", "acceptedSuggestions", "overrideReason"];
    private static readonly LocalizedText AnyList = Rules.Accepted.Objects(JsonText.MostElements, Members);
    private static readonly LocalizedText AnyEntry = Rules.Accepted.Object(Members);
    private static readonly LocalizedText AnyOutcome = Rules.Accepted.OneOf(Accepted, Overridden);
    private static readonly LocalizedText AnySuggestions = Rules.Accepted.Naming("accepted.list", "members", ["id"]);
    private static readonly LocalizedText AnySuggestion = Rules.Accepted.Object("id");
    private static readonly LocalizedText AnyReason = Rules.Accepted.Object("reason", "userComment");
    private static readonly LocalizedText AnyCoding = Rules.Accepted.Object("code", "system");

    /// <summary>
    /// Counts a batch of feedback. Repeated feedback, with the same outcome of the same card at the same time, counts once. Null, with
    /// nothing counted, when there is any error.
    /// </summary>
    public static FeedbackCounts? Read(ReadOnlySpan<byte> body, InputErrors errors)
    {
        if (HookRequestReader.Root(body, Rules.Accepted.Object("feedback"), errors) is not { } root
            || HookRequestReader.Member(root, "feedback", string.Empty, JsonValueKind.Array, AnyList, errors) is not { } list)
        {
            return null;
        }

        if (list.GetArrayLength() > JsonText.MostElements)
        {
            errors.Add("/feedback", ErrorCode.TooMany, AnyList);
            return null;
        }

        var counted = new HashSet<(Guid Card, string Outcome, StatedTime Time)>();
        int accepted = 0, overridden = 0, withReason = 0, withComment = 0;
        foreach (var (i, feedback) in list.EnumerateArray().Index())
        {
            if (Entry(feedback, Pointer.To("/feedback", i), errors) is not { } entry
                || !counted.Add((entry.Card, entry.Outcome, entry.Time)))
            {
                continue;
            }

            accepted += entry.Outcome == Accepted ? 1 : 0;
            overridden += entry.Outcome == Overridden ? 1 : 0;
            withReason += entry.HasReason ? 1 : 0;
            withComment += entry.HasComment ? 1 : 0;
        }

        return errors.Any ? null : new FeedbackCounts(accepted, overridden, withReason, withComment);
    }

    private static (Guid Card, string Outcome, StatedTime Time, bool HasReason, bool HasComment)? Entry(JsonElement feedback, string at, InputErrors errors)
    {
        if (HookRequestReader.OfKind(feedback, JsonValueKind.Object, at, AnyEntry, errors) is null)
        {
            return null;
        }

        var card = HookRequestReader.Uuid(feedback, "card", at, errors);
        var outcome = HookRequestReader.Text(feedback, "outcome", at, AnyOutcome, errors);
        StatedTime time = default;
        if (HookRequestReader.Text(feedback, "outcomeTimestamp", at, Rules.Accepted.Instant, errors) is { } stated
            && !(StatedTime.TryParse(Encoding.UTF8.GetBytes(stated), out time) && time.Offset is not null))
        {
            errors.Add(at + "/outcomeTimestamp", ErrorCode.InvalidDateTime, Rules.Accepted.Instant);
        }

        if (outcome == Accepted)
        {
            Suggestions(feedback, at, errors);
        }
        else if (outcome is not (null or Overridden))
        {
            errors.Add(at + "/outcome", ErrorCode.UnknownValue, AnyOutcome);
        }

        var (hasReason, hasComment) = outcome == Overridden ? Reason(feedback, at, errors) : default;
        return card is { } id && outcome is not null ? (id, outcome, time, hasReason, hasComment) : null;
    }

    private static void Suggestions(JsonElement feedback, string at, InputErrors errors)
    {
        const string Name = "acceptedSuggestions";
        if (HookRequestReader.Member(feedback, Name, at, JsonValueKind.Array, AnySuggestions, errors) is not { } suggestions)
        {
            return;
        }

        if (suggestions.GetArrayLength() == 0)
        {
            errors.Add(Pointer.To(at, Name), ErrorCode.EmptyList, AnySuggestions);
        }

        foreach (var (i, suggestion) in suggestions.EnumerateArray().Index())
        {
            var pointer = Pointer.To(Pointer.To(at, Name), i);
            if (HookRequestReader.OfKind(suggestion, JsonValueKind.Object, pointer, AnySuggestion, errors) is { } taken)
            {
                HookRequestReader.Uuid(taken, "id", pointer, errors);
            }
        }
    }

    /// <summary>A reason from a list, the user's own comment, or both; neither is required.</summary>
    private static (bool HasReason, bool HasComment) Reason(JsonElement feedback, string at, InputErrors errors)
    {
        const string Name = "overrideReason";
        if (!feedback.TryGetProperty(Name, out _)
            || HookRequestReader.Member(feedback, Name, at, JsonValueKind.Object, AnyReason, errors) is not { } given)
        {
            return default;
        }

        var pointer = Pointer.To(at, Name);
        var hasReason = given.TryGetProperty("reason", out _)
            && HookRequestReader.Member(given, "reason", pointer, JsonValueKind.Object, AnyCoding, errors) is { } coding
            && HookRequestReader.Text(coding, "code", pointer + "/reason", FhirAccepted.SomeText, errors) is not null;
        var hasComment = given.TryGetProperty("userComment", out _)
            && HookRequestReader.Text(given, "userComment", pointer, FhirAccepted.SomeText, errors) is not null;
        return (hasReason, hasComment);
    }
}
