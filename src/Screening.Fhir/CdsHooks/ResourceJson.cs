using System.Text.Json;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;

namespace Screening.Fhir.CdsHooks;

/// <summary>Whether a resource is about the patient of a request.</summary>
public enum AboutPerson
{
    /// <summary>Not stated, or in a form that cannot be resolved.</summary>
    Unknown,

    /// <summary>About the same patient.</summary>
    Same,

    /// <summary>About another patient.</summary>
    Other,
}

/// <summary>Reads the few members of resources that are needed before parsing; no method throws, whatever the content.</summary>
public static class ResourceJson
{
    /// <summary>The resource's type; null when it is not a resource.</summary>
    public static string? TypeOf(JsonElement resource) => Text(resource, "resourceType");

    /// <summary>A member that is a string; null when it is absent or of another kind.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>The objects of a member that is a list; empty for any other member.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>
    /// The name of the resource, such as <c>Condition/123</c>; null when its id is not valid in FHIR, so that no other text is passed on.
    /// </summary>
    public static string? ReferenceTo(JsonElement resource) => RawResource.NameOf(TypeOf(resource), Text(resource, "id"));

    /// <summary>Whether a resource is about a patient; a Patient is about itself.</summary>
    public static AboutPerson About(JsonElement resource, string patient)
    {
        if (TypeOf(resource) == "Patient")
        {
            return Text(resource, "id") is { } id ? id == patient ? AboutPerson.Same : AboutPerson.Other : AboutPerson.Unknown;
        }

        return AboutReference(Person(resource), patient);
    }

    /// <summary>The server in an absolute reference from a resource to its patient; null when there is none.</summary>
    public static string? ServerOfPerson(JsonElement resource) => PatientName.Of(Person(resource))?.Server;

    /// <summary>
    /// Whether a reference is to the patient: relative or absolute, with or without a version. Only a reference to a Patient with another
    /// id is to another patient; one that cannot be resolved may be to anyone.
    /// </summary>
    private static AboutPerson AboutReference(string? reference, string patient) =>
        reference is null || ReferenceName.TypeAndId(reference) is not { } name ? AboutPerson.Unknown
        : name == "Patient/" + patient ? AboutPerson.Same
        : PatientName.Of(reference) is { IsById: true, Id: var id } && id != patient && RawResource.NameOf("Patient", id) is not null
            ? AboutPerson.Other
        : AboutPerson.Unknown;

    private static string? Person(JsonElement resource)
    {
        var owner = resource.ValueKind != JsonValueKind.Object ? default
            : resource.TryGetProperty("subject", out var subject) ? subject
            : resource.TryGetProperty("patient", out var named) ? named
            : default;
        return Text(owner, "reference");
    }
}
