using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>How a part of a record tells less than it seems to. That nothing was found there means nothing.</summary>
public enum RecordGapKind
{
    /// <summary>It only points at a medicine or a device that did not come along, so that nobody knows what it is of.</summary>
    Dangling,

    /// <summary>It could not be read in full: there is nothing in it, or it is said to mean something else, in a way that nobody here knows.</summary>
    NotInFull,

    /// <summary>A Bundle says that there is more than what came, or that a search failed.</summary>
    InPart,
}

/// <summary>A part of a record that tells less than it seems to.</summary>
/// <param name="Kind">How.</param>
/// <param name="Expression">FHIRPath to it.</param>
public sealed record RecordGap(RecordGapKind Kind, string Expression);

/// <summary>Finds what a record does not tell.</summary>
public static class RecordGaps
{
    /// <summary>The gaps of a record: of its Bundles first, then in the order of its resources.</summary>
    /// <param name="resources">The resources; Bundles are opened.</param>
    /// <param name="at">FHIRPath to them.</param>
    public static IReadOnlyList<RecordGap> Of(IEnumerable<Resource> resources, string at)
    {
        var record = new RecordResources(resources, at);
        return [.. record.Gaps, .. record.All.SelectMany(held => Of(held, record))];
    }

    private static IEnumerable<RecordGap> Of(Held held, RecordResources record)
    {
        if (held.IsModified && RecordReader.Reads(held.Resource))
        {
            yield return new RecordGap(RecordGapKind.NotInFull, held.At);
        }

        var pointers = Pointers(held.Resource).Concat(((held.Resource as DomainResource)?.Contained ?? []).Where(within => within is Medication or Substance).SelectMany(Pointers));
        if (held.Counts && pointers.OfType<ResourceReference>().Any(pointer => record.Find<Resource>(pointer, held.Resource) is not (Medication or Substance or Device)))
        {
            yield return new RecordGap(RecordGapKind.Dangling, held.At);
        }
    }

    /// <summary>The references without whose target nobody knows what a resource is of.</summary>
    private static IEnumerable<DataType?> Pointers(Resource resource) => resource switch
    {
        MedicationRequest request => [request.Medication],
        MedicationStatement statement => [statement.Medication],
        MedicationAdministration administration => [administration.Medication],
        MedicationDispense dispense => [dispense.Medication],
        Medication medicine => medicine.Ingredient.Select(ingredient => ingredient.Item),
        Substance substance => substance.Ingredient.Select(ingredient => ingredient.Substance),
        DeviceUseStatement use => [use.Device],
        Procedure procedure => procedure.UsedReference.Concat(procedure.FocalDevice.Select(device => device.Manipulated)),
        _ => [],
    };
}

/// <summary>What a Bundle of a record says, or shows, that it does not hold.</summary>
internal static class BundleGaps
{
    public static IEnumerable<RecordGap> Of(Bundle bundle, string at)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entryAt = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.entry[{i}]");
            if (bundle.Entry[i].Resource is null)
            {
                yield return new RecordGap(RecordGapKind.NotInFull, entryAt);
            }
            else if (bundle.Entry[i].Resource is OperationOutcome outcome && !IsInformation(outcome))
            {
                yield return new RecordGap(RecordGapKind.InPart, entryAt + ".resource");
            }
        }

        if (HasMore(bundle))
        {
            yield return new RecordGap(RecordGapKind.InPart, at);
        }
    }

    /// <summary>A server may say something about a search that went well; a warning, though, can be that part of the search was ignored.</summary>
    private static bool IsInformation(OperationOutcome outcome) =>
        outcome.Issue.Count > 0 && outcome.Issue.TrueForAll(issue => Concepts.Literal(issue.SeverityElement) == "information");

    /// <summary>The total of a search counts what was found, not what was included beside it.</summary>
    private static bool HasMore(Bundle bundle) =>
        bundle.Link.Exists(link => string.Equals(Concepts.Literal(link.RelationElement), "next", StringComparison.OrdinalIgnoreCase))
        || Concepts.Number(bundle.TotalElement) > bundle.Entry.Count(entry => Concepts.Literal(entry.Search?.ModeElement) is "" or "match");
}
