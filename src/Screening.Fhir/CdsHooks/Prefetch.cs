using System.Text.Json;
using Hl7.Fhir.Utility;

namespace Screening.Fhir.CdsHooks;

/// <summary>How much of a part of the record came.</summary>
public enum PartState
{
    /// <summary>All of it, as far as can be told.</summary>
    Seen,

    /// <summary>The client did not send it.</summary>
    NotSent,

    /// <summary>It was not asked for, and did not come.</summary>
    NotAsked,

    /// <summary>The client's own query failed, as an OperationOutcome tells.</summary>
    Failed,

    /// <summary>Only the first page, fewer resources than the answer says there are, or what came of a query that did not go well as a whole.</summary>
    Paged,

    /// <summary>Something else came than was asked for.</summary>
    Unreadable,
}

/// <summary>What a server said of a search that went well, beside what it found.</summary>
public enum ServerRemark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some information.</summary>
    Information,

    /// <summary>A warning: that it may hold more than it shows, for instance, which some servers say each time.</summary>
    Warning,
}

/// <summary>A resource, as it came.</summary>
/// <param name="Json">The resource.</param>
/// <param name="FullUrl">The name of its entry, by which others of the record may point at it; null when it has none.</param>
public readonly record struct PrefetchedResource(JsonElement Json, string? FullUrl);

/// <summary>A part of the record, as it came.</summary>
/// <param name="Template">What was asked for.</param>
/// <param name="State">How much of it came. Unless it was seen, that something is not in it means nothing.</param>
/// <param name="Resources">What came of it, about the person: it can raise an answer even when not all of it came.</param>
/// <param name="AboutOthers">How many resources were left out because they are about somebody else.</param>
public sealed record PrefetchedPart(PrefetchTemplate Template, PartState State, IReadOnlyList<PrefetchedResource> Resources, int AboutOthers)
{
    /// <summary>What the server said beside it. It is told, and hides nothing that was found.</summary>
    public ServerRemark Remark { get; init; }
}

/// <summary>What the client fetched.</summary>
/// <remarks>
/// What a key can be: <see href="https://cds-hooks.hl7.org/2.0.1/#prefetch-template"/>. Null says that the client looked and there is
/// nothing. A key that is absent, an OperationOutcome or one page of several is not known; none of them is ever an empty list.
/// </remarks>
public sealed class Prefetch
{
    private Prefetch(IReadOnlyList<PrefetchedPart> parts) => Parts = parts;

    /// <summary>The parts, in the order in which they are asked for.</summary>
    public IReadOnlyList<PrefetchedPart> Parts { get; }

    /// <summary>False when nothing came that was asked for, not even that there is nothing.</summary>
    public bool AnyCame => Parts.Any(part => part.State is not (PartState.NotSent or PartState.NotAsked));

    /// <summary>The part that holds filled-in forms.</summary>
    public PrefetchedPart Responses => Parts.Single(part => part.Template.Key == PrefetchTemplate.ResponsesKey);

    /// <summary>The resources of the record proper: all but the person and the forms.</summary>
    public IEnumerable<PrefetchedResource> Record =>
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
            return new PrefetchedPart(template, template.IsAsked ? PartState.NotSent : PartState.NotAsked, [], 0);
        }

        var remark = ServerRemark.None;
        var (state, resources) = value.ValueKind == JsonValueKind.Null ? (PartState.Seen, [])
            : ResourceJson.TypeOf(value) is not { } type ? (PartState.Unreadable, [])
            : type == "OperationOutcome" ? (PartState.Failed, [])
            : type == "Bundle" && template.IsSearch ? Bundle(value, template.Type, out remark)
            : type == template.Type ? (PartState.Seen, [new PrefetchedResource(value, null)])
            : (PartState.Unreadable, new List<PrefetchedResource>());
        var about = resources.ConvertAll(resource => ResourceJson.About(resource.Json, request.Patient));
        var others = about.Count(person => person == AboutPerson.Other);

        // A read that gives somebody else is no answer to what was asked; a search still holds what is about the person.
        return new PrefetchedPart(
            template,
            !template.IsSearch && others > 0 ? PartState.Unreadable : state,
            [.. resources.Where((_, i) => about[i] != AboutPerson.Other)],
            others)
        {
            Remark = remark,
        };
    }

    private static (PartState State, List<PrefetchedResource> Resources) Bundle(JsonElement bundle, string type, out ServerRemark remark)
    {
        var resources = new List<PrefetchedResource>();
        var matches = 0;
        var failed = false;
        remark = ServerRemark.None;
        var hasEntries = bundle.TryGetProperty("entry", out var entries);
        var isList = hasEntries && entries.ValueKind == JsonValueKind.Array;
        var strange = hasEntries != isList || bundle.EnumerateObject().Any(member => !IsKnown(member.Name)) || !IsOfKnownType(bundle);
        foreach (var entry in isList ? entries.EnumerateArray().ToList() : [])
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource)
                || ResourceJson.TypeOf(resource) is not { } found)
            {
                strange = true;
                continue;
            }

            if (found == "Bundle")
            {
                // What is in it counts; whether it is all that was looked for, only the outer one could tell.
                resources.AddRange(Bundle(resource, type, out _).Resources);
                strange = true;
                continue;
            }

            if (found == "OperationOutcome")
            {
                Hear(resource, ref remark, ref failed);
                continue;
            }

            if (entry.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
                && response.TryGetProperty("outcome", out var outcome))
            {
                Hear(outcome, ref remark, ref failed);
            }

            // An entry that is said to mean something else is used for what it tells, and the whole is not believed to be all of it.
            strange |= entry.TryGetProperty("modifierExtension", out _);
            resources.Add(new PrefetchedResource(resource, ResourceJson.Text(entry, "fullUrl")));
            matches += found == type ? 1 : 0;
        }

        return (failed && resources.Count == 0 ? PartState.Failed
            : strange || HasStrangeLinks(bundle) ? PartState.Unreadable
            : failed || HasMore(bundle, matches) ? PartState.Paged
            : PartState.Seen, resources);
    }

    private static void Hear(JsonElement outcome, ref ServerRemark remark, ref bool failed)
    {
        var said = Remark(outcome);
        failed |= said is null;
        remark = said > remark ? said.Value : remark;
    }

    /// <summary>
    /// The members of a Bundle that leave it what it seems to be (https://hl7.org/fhir/R4/bundle.html); what a misspelt list holds was not
    /// seen.
    /// </summary>
    private static bool IsKnown(string member) => member.TrimStart('_') is "resourceType" or "id" or "meta" or "language" or "identifier"
        or "type" or "timestamp" or "total" or "link" or "entry" or "signature";

    /// <summary>
    /// What a server says about a search that went well: information, or a warning, such as some add to every answer; null when some issue
    /// is neither, or there is none, so that it did not go well, or nobody knows.
    /// </summary>
    private static ServerRemark? Remark(JsonElement outcome)
    {
        List<ServerRemark?> said = [.. ResourceJson.Objects(outcome, "issue").Select(issue => ResourceJson.Text(issue, "severity") switch
        {
            "information" => ServerRemark.Information,
            "warning" => ServerRemark.Warning,
            _ => (ServerRemark?)null,
        })];
        return said.Count > 0 && !said.Contains(null) ? said.Max() : null;
    }

    /// <summary>A container whose own kind is misspelt was not seen, whatever it seems to hold.</summary>
    private static bool IsOfKnownType(JsonElement bundle) =>
        !bundle.TryGetProperty("type", out _)
        || (ResourceJson.Text(bundle, "type") is { } type && EnumUtility.ParseLiteral<Hl7.Fhir.Model.Bundle.BundleType>(type) is not null);

    /// <summary>True for links of which it cannot be told whether one of them leads to the next page.</summary>
    private static bool HasStrangeLinks(JsonElement bundle) =>
        bundle.TryGetProperty("link", out var links) && !(links.ValueKind == JsonValueKind.Array && links.EnumerateArray().All(link => ResourceJson.Text(link, "relation") is not null));

    private static bool HasMore(JsonElement bundle, int matches) =>
        ResourceJson.Objects(bundle, "link").Any(link => string.Equals(ResourceJson.Text(link, "relation"), "next", StringComparison.OrdinalIgnoreCase))
        || (bundle.TryGetProperty("total", out var total) && !(total.ValueKind == JsonValueKind.Number && total.TryGetInt32(out var all) && all <= matches));
}
