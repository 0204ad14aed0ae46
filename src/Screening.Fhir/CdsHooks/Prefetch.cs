using System.Text.Json;
using Hl7.Fhir.Utility;

namespace Screening.Fhir.CdsHooks;

/// <summary>How much of a part of the record was sent.</summary>
public enum PartState
{
    /// <summary>All of it, as far as is known.</summary>
    Seen,

    /// <summary>The client did not send it.</summary>
    NotSent,

    /// <summary>It was not requested, and not sent.</summary>
    NotAsked,

    /// <summary>The client's query failed, according to an OperationOutcome.</summary>
    Failed,

    /// <summary>Only the first page, fewer resources than the stated total, or the results of a partly failed query.</summary>
    Paged,

    /// <summary>The data is not what was requested.</summary>
    Unreadable,
}

/// <summary>A server's remark on a successful search.</summary>
public enum ServerRemark
{
    /// <summary>No remark.</summary>
    None,

    /// <summary>Some information.</summary>
    Information,

    /// <summary>A warning, for example that results may be incomplete, which some servers send every time.</summary>
    Warning,
}

/// <summary>A resource as received.</summary>
/// <param name="Json">The resource.</param>
/// <param name="FullUrl">The fullUrl of its entry, by which other resources may refer to it; null without one.</param>
public readonly record struct PrefetchedResource(JsonElement Json, string? FullUrl);

/// <summary>A part of the record as received.</summary>
/// <param name="Template">The requested data.</param>
/// <param name="State">How much of it was sent. Unless it is complete, the absence of data in it means nothing.</param>
/// <param name="Resources">The resources about the patient: they can affect an answer even if the part is incomplete.</param>
/// <param name="AboutOthers">How many resources were left out because they are about other patients.</param>
public sealed record PrefetchedPart(PrefetchTemplate Template, PartState State, IReadOnlyList<PrefetchedResource> Resources, int AboutOthers)
{
    /// <summary>The server's remark. It is reported and hides no results.</summary>
    public ServerRemark Remark { get; init; }
}

/// <summary>The prefetched data of a call.</summary>
/// <remarks>
/// The possible values of a key: <see href="https://cds-hooks.hl7.org/2.0.1/#prefetch-template"/>. Null means that the client searched and
/// found nothing. An absent key, an OperationOutcome or one page of several means unknown, and never an empty list.
/// </remarks>
public sealed class Prefetch
{
    private Prefetch(IReadOnlyList<PrefetchedPart> parts) => Parts = parts;

    /// <summary>The parts, in the order of the templates.</summary>
    public IReadOnlyList<PrefetchedPart> Parts { get; }

    /// <summary>False when none of the requested data was sent, not even a null.</summary>
    public bool AnySent => Parts.Any(part => part.State is not (PartState.NotSent or PartState.NotAsked));

    /// <summary>The part that holds filled-in forms.</summary>
    public PrefetchedPart Responses => Parts.Single(part => part.Template.Key == PrefetchTemplate.ResponsesKey);

    /// <summary>The resources of the record itself, without the patient and the forms.</summary>
    public IEnumerable<PrefetchedResource> Record =>
        Parts.Where(part => part.Template.Key is not (PrefetchTemplate.PatientKey or PrefetchTemplate.ResponsesKey)).SelectMany(part => part.Resources);

    /// <summary>Reads the prefetched data.</summary>
    /// <param name="request">The call.</param>
    /// <param name="templates">The requested data.</param>
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

        // A read that returns another patient is unusable; a search still holds the resources about the patient.
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
        var isUnusual = hasEntries != isList || bundle.EnumerateObject().Any(member => !IsKnown(member.Name)) || !IsOfKnownType(bundle);
        foreach (var entry in isList ? entries.EnumerateArray().ToList() : [])
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource)
                || ResourceJson.TypeOf(resource) is not { } found)
            {
                isUnusual = true;
                continue;
            }

            if (found == "Bundle")
            {
                // Its content counts, but only the outer Bundle could state that it is complete.
                resources.AddRange(Bundle(resource, type, out _).Resources);
                isUnusual = true;
                continue;
            }

            if (found == "OperationOutcome")
            {
                AddOutcome(resource, ref remark, ref failed);
                continue;
            }

            if (entry.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
                && response.TryGetProperty("outcome", out var outcome))
            {
                AddOutcome(outcome, ref remark, ref failed);
            }

            // An entry with a modifier is used for its content, but the part is not regarded as complete.
            isUnusual |= entry.TryGetProperty("modifierExtension", out _);
            resources.Add(new PrefetchedResource(resource, ResourceJson.Text(entry, "fullUrl")));
            matches += found == type ? 1 : 0;
        }

        return (failed && resources.Count == 0 ? PartState.Failed
            : isUnusual || HasInvalidLinks(bundle) ? PartState.Unreadable
            : failed || HasMore(bundle, matches) ? PartState.Paged
            : PartState.Seen, resources);
    }

    private static void AddOutcome(JsonElement outcome, ref ServerRemark remark, ref bool failed)
    {
        var stated = Remark(outcome);
        failed |= stated is null;
        remark = stated > remark ? stated.Value : remark;
    }

    /// <summary>
    /// The members of a standard Bundle (https://hl7.org/fhir/R4/bundle.html); the content of a misspelt list would be missed.
    /// </summary>
    private static bool IsKnown(string member) => member.TrimStart('_') is "resourceType" or "id" or "meta" or "language" or "identifier"
        or "type" or "timestamp" or "total" or "link" or "entry" or "signature";

    /// <summary>
    /// A server's remark on a successful search: information or a warning, which some add to every response. Null when there is any other
    /// issue, or none, since success is then not certain.
    /// </summary>
    private static ServerRemark? Remark(JsonElement outcome)
    {
        List<ServerRemark?> stated = [.. ResourceJson.Objects(outcome, "issue").Select(issue => ResourceJson.Text(issue, "severity") switch
        {
            "information" => ServerRemark.Information,
            "warning" => ServerRemark.Warning,
            _ => (ServerRemark?)null,
        })];
        return stated.Count > 0 && !stated.Contains(null) ? stated.Max() : null;
    }

    /// <summary>A Bundle with a misspelt type is not regarded as complete.</summary>
    private static bool IsOfKnownType(JsonElement bundle) =>
        !bundle.TryGetProperty("type", out _)
        || (ResourceJson.Text(bundle, "type") is { } type && EnumUtility.ParseLiteral<Hl7.Fhir.Model.Bundle.BundleType>(type) is not null);

    /// <summary>True when a link is invalid, so that it may lead to the next page.</summary>
    private static bool HasInvalidLinks(JsonElement bundle) =>
        bundle.TryGetProperty("link", out var links) && !(links.ValueKind == JsonValueKind.Array && links.EnumerateArray().All(link => ResourceJson.Text(link, "relation") is not null));

    private static bool HasMore(JsonElement bundle, int matches) =>
        ResourceJson.Objects(bundle, "link").Any(link => string.Equals(ResourceJson.Text(link, "relation"), "next", StringComparison.OrdinalIgnoreCase))
        || (bundle.TryGetProperty("total", out var total) && !(total.ValueKind == JsonValueKind.Number && total.TryGetInt32(out var all) && all <= matches));
}
