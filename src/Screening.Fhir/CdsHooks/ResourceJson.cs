using System.Text.Json;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;

namespace Screening.Fhir.CdsHooks;

/// <summary>Whether a resource is about the person whom a request is about.</summary>
public enum AboutPerson
{
    /// <summary>It does not say, or in a way that nobody here can follow.</summary>
    Unknown,

    /// <summary>It is.</summary>
    Same,

    /// <summary>It is about somebody else.</summary>
    Other,
}

/// <summary>The few members of resources that are looked at before one is read for good; nothing here fails, however odd the resource is.</summary>
public static class ResourceJson
{
    /// <summary>The resource's type; null when it is no resource.</summary>
    public static string? TypeOf(JsonElement resource) => Text(resource, "resourceType");

    /// <summary>A member that is a text; null when it is not there, or no text.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>The objects of a member that is a list; none when it is not.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>The resource as <c>Condition/123</c>; null when its id is not one that FHIR allows, so that nothing else ever passes through.</summary>
    public static string? ReferenceTo(JsonElement resource) => RawResource.NameOf(TypeOf(resource), Text(resource, "id"));

    /// <summary>Whether a resource is about a person; a Patient is about itself.</summary>
    public static AboutPerson About(JsonElement resource, string patient)
    {
        if (TypeOf(resource) == "Patient")
        {
            return Text(resource, "id") is { } id ? id == patient ? AboutPerson.Same : AboutPerson.Other : AboutPerson.Unknown;
        }

        return AboutReference(Person(resource), patient);
    }

    /// <summary>The server that an absolute reference of a resource to its person names; null when it names none.</summary>
    public static string? ServerOfPerson(JsonElement resource) => PatientName.Of(Person(resource))?.Server;

    /// <summary>
    /// Whether a reference leads to a person: relative or absolute, with or without a version. To somebody else leads only one that names
    /// another Patient by an id; what cannot be followed may be about anybody.
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
