using System.Text.Json;

namespace Screening.Fhir.CdsHooks;

/// <summary>How much of a part of the record came.</summary>
public enum PartState
{
    /// <summary>All of it, as far as can be told.</summary>
    Seen,

    /// <summary>The client did not send it.</summary>
    NotSent,

    /// <summary>The client sent null: it has nothing to fill it with, which is not the same as that there is nothing.</summary>
    NoData,

    /// <summary>The client's own query failed, as an OperationOutcome tells.</summary>
    Failed,

    /// <summary>Only the first page, fewer resources than the answer says there are, or what came of a query that did not go well as a whole.</summary>
    Paged,

    /// <summary>Something else came than was asked for.</summary>
    Unreadable,
}

/// <summary>A part of the record, as it came.</summary>
/// <param name="Template">What was asked for.</param>
/// <param name="State">How much of it came. Unless it was seen, that something is not in it means nothing.</param>
/// <param name="Resources">What came of it, about the person: it can raise an answer even when not all of it came.</param>
/// <param name="AboutOthers">How many resources were left out because they are about somebody else.</param>
public sealed record PrefetchedPart(PrefetchTemplate Template, PartState State, IReadOnlyList<JsonElement> Resources, int AboutOthers);

/// <summary>What the client fetched.</summary>
/// <remarks>
/// What a key can be: <see href="https://cds-hooks.hl7.org/2.0.1/#prefetch-template"/>. A key that is absent, null, an OperationOutcome or one page of
/// several is not known; none of them is ever an empty list.
/// </remarks>
public sealed class Prefetch
{
    private Prefetch(IReadOnlyList<PrefetchedPart> parts) => Parts = parts;

    /// <summary>The parts, in the order in which they are asked for.</summary>
    public IReadOnlyList<PrefetchedPart> Parts { get; }

    /// <summary>False when nothing came that anything could be concluded from.</summary>
    public bool AnythingUsable => Parts.Any(part => part.State == PartState.Seen || part.Resources.Count > 0);

    /// <summary>The part that holds filled-in forms.</summary>
    public PrefetchedPart Responses => Parts.Single(part => part.Template.Key == PrefetchTemplate.ResponsesKey);

    /// <summary>The resources of the record proper: all but the person and the forms.</summary>
    public IEnumerable<JsonElement> Record =>
        Parts.Where(part => part.Template.Key is not (PrefetchTemplate.PatientKey or PrefetchTemplate.ResponsesKey)).SelectMany(part => part.Resources);

    /// <summary>Reads what came.</summary>
    /// <param name="request">The call.</param>
    /// <param name="templates">What was asked for.</param>
    public static Prefetch Read(HookRequest request, IReadOnlyList<PrefetchTemplate> templates) =>
        new([.. templates.Select(template => Part(request, template))]);

    private static PrefetchedPart Part(HookRequest request, PrefetchTemplate template)
    {
        if (request.Prefetch.ValueKind != JsonValueKind.Object || !request.Prefetch.TryGetProperty(template.Key, out var value))
        {
            return new PrefetchedPart(template, PartState.NotSent, [], 0);
        }

        var (state, resources) = value.ValueKind == JsonValueKind.Null ? (PartState.NoData, [])
            : ResourceJson.TypeOf(value) is not { } type ? (PartState.Unreadable, [])
            : type == "OperationOutcome" ? (PartState.Failed, [])
            : type == "Bundle" && template.IsSearch ? Bundle(value, template.Type)
            : type == template.Type ? (PartState.Seen, [value])
            : (PartState.Unreadable, new List<JsonElement>());
        var about = resources.ConvertAll(resource => ResourceJson.About(resource, request.Patient));
        var others = about.Count(person => person == AboutPerson.Other);

        // A read that gives somebody else is no answer to what was asked; a search still holds what is about the person.
        return new PrefetchedPart(
            template,
            !template.IsSearch && others > 0 ? PartState.Unreadable : state,
            [.. resources.Where((_, i) => about[i] != AboutPerson.Other)],
            others);
    }

    private static (PartState State, List<JsonElement> Resources) Bundle(JsonElement bundle, string type)
    {
        var resources = new List<JsonElement>();
        var matches = 0;
        var (failed, warned) = (false, false);
        var hasEntries = bundle.TryGetProperty("entry", out var entries);
        var isList = hasEntries && entries.ValueKind == JsonValueKind.Array;
        var strange = hasEntries != isList || bundle.TryGetProperty("implicitRules", out _);
        foreach (var entry in isList ? entries.EnumerateArray().ToList() : [])
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource) || ResourceJson.TypeOf(resource) is not { } found || found == "Bundle")
            {
                strange = true;
                continue;
            }

            if (found == "OperationOutcome")
            {
                failed |= !IsNoWorseThan(resource, "information", "warning");
                warned |= !IsNoWorseThan(resource, "information");
                continue;
            }

            // An entry that is said to mean something else is used for what it tells, and the whole is not believed to be all of it.
            strange |= entry.TryGetProperty("modifierExtension", out _);
            resources.Add(resource);
            matches += found == type ? 1 : 0;
        }

        return (failed && resources.Count == 0 ? PartState.Failed
            : strange || HasStrangeLinks(bundle) ? PartState.Unreadable
            : failed || warned || HasMore(bundle, matches) ? PartState.Paged
            : PartState.Seen, resources);
    }

    /// <summary>
    /// A server may say something about a search that went well; a warning, though, can be that part of the search was ignored, or that what came may not
    /// be all. Some servers add one to every answer.
    /// </summary>
    private static bool IsNoWorseThan(JsonElement outcome, params string[] severities)
    {
        var issues = ResourceJson.Objects(outcome, "issue").ToList();
        return issues.Count > 0 && issues.TrueForAll(issue => severities.Contains(ResourceJson.Text(issue, "severity")));
    }

    /// <summary>True for links of which it cannot be told whether one of them leads to the next page.</summary>
    private static bool HasStrangeLinks(JsonElement bundle) =>
        bundle.TryGetProperty("link", out var links) && !(links.ValueKind == JsonValueKind.Array && links.EnumerateArray().All(link => ResourceJson.Text(link, "relation") is not null));

    private static bool HasMore(JsonElement bundle, int matches) =>
        ResourceJson.Objects(bundle, "link").Any(link => string.Equals(ResourceJson.Text(link, "relation"), "next", StringComparison.OrdinalIgnoreCase))
        || (bundle.TryGetProperty("total", out var total) && !(total.ValueKind == JsonValueKind.Number && total.TryGetInt32(out var all) && all <= matches));
}
