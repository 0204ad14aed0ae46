using System.Collections;
using System.Globalization;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>What FHIR R4 defines at a place in a resource: the elements of a type, and what an element accepts, in words.</summary>
internal static class FhirElement
{
    private const string Definitions = "https://hl7.org/fhir/R4/";

    /// <summary>
    /// What the element at a FHIRPath accepts; the elements of the type before it where the type has no such element.
    /// </summary>
    /// <param name="root">The resource, as far as it could be read; null when none of it could.</param>
    /// <param name="path">The FHIRPath: names from FHIR, or not.</param>
    /// <param name="element">The name of the element, when FHIR has it.</param>
    public static LocalizedText Accepted(Resource? root, string path, out string? element)
    {
        // What could not be read throws when it is looked at.
        var isKnown = Parsing.Try(() => (Find(root, path, out var name), name), out var found);
        element = isKnown ? found.name : null;
        return isKnown ? found.Item1 : FhirAccepted.Anything;
    }

    /// <summary>True for a string of nothing, or of white space only, at a FHIRPath.</summary>
    public static bool IsBlank(Resource? root, string path) => Parsing.Try(
        () => root is not null && Way(root, path)[^1].Value is FhirString { JsonValue: string text } && string.IsNullOrWhiteSpace(text),
        out var isBlank) && isBlank;

    /// <summary>The names on a FHIRPath, each with its value as far as there is one; first the resource itself.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Way(Resource root, string path)
    {
        var way = new List<(string Name, object? Value)> { (string.Empty, root) };
        foreach (var step in path.Split('.').Skip(1))
        {
            way.Add((step.Split('[')[0], Child(way[^1].Value, step)));
        }

        return way;
    }

    private static LocalizedText Find(Resource? root, string path, out string? element)
    {
        element = null;
        object? value = root;
        var type = root is null ? null : ModelInfo.ModelInspector.FindClassMapping(root.GetType());
        PropertyMapping? property = null;
        foreach (var step in path.Split('.').Skip(1))
        {
            var name = step.Split('[')[0];
            property = type?.FindMappedElementByName(name);
            if (type is null || property is null)
            {
                return type is null ? FhirAccepted.Anything : ElementsOf(type);
            }

            element = name;
            value = Child(value, step);
            type = ModelInfo.ModelInspector.FindClassMapping(value?.GetType() ?? property.ImplementingType);
        }

        return property is null ? FhirAccepted.Anything : ValueOf(property, value as DataType);
    }

    private static object? Child(object? value, string step) =>
        Element(value is Base owner && owner.TryGetValue(step.Split('[')[0], out var child) ? child : null, step);

    private static object? Element(object? value, string step) =>
        value is IList list
            ? step.Split('[', ']') is [_, var index, ..] && int.Parse(index, CultureInfo.InvariantCulture) is var i && i < list.Count ? list[i] : null
            : value;

    private static LocalizedText ElementsOf(ClassMapping type) =>
        Rules.Accepted.Naming("fhir.elements", "values", NamesIn(type)).With("type", $"`{type.Name}`");

    private static string[] NamesIn(ClassMapping type) =>
    [
        .. type.PropertyMappings.Where(element => !element.RepresentsValueElement)
            .OrderBy(element => element.Order).Select(element => element.Name),
    ];

    /// <summary>What an element accepts; the value says which of several types is meant.</summary>
    private static LocalizedText ValueOf(PropertyMapping property, DataType? value)
    {
        if (property.ImplementingType is { IsGenericType: true } code && code.GetGenericArguments() is [{ IsEnum: true } codes])
        {
            return Rules.Accepted.OneOf([.. Enum.GetValues(codes).Cast<Enum>().Select(one => one.GetLiteral()!)]);
        }

        var type = ModelInfo.ModelInspector.FindClassMapping(property.ImplementingType);
        if (type is { IsFhirPrimitive: false, NativeType.IsAbstract: false })
        {
            var names = NamesIn(type);
            return property.IsCollection ? Rules.Accepted.Naming("accepted.list", "members", names) : Rules.Accepted.Object(names);
        }

        string[] types = value is not null && property.FhirType.Length != 1 ? [value.TypeName]
            : [.. property.FhirType.Select(type => ModelInfo.GetFhirTypeNameForType(type) ?? type.Name)];
        return types is ["instant"] ? Rules.Accepted.Instant
            : types is ["dateTime"] ? Rules.Accepted.DateTime
            : types is ["date"] ? Rules.Accepted.PartialDate
            : types is ["boolean"] ? FhirAccepted.Booleans
            : types is ["string"] ? FhirAccepted.SomeText
            : Rules.Accepted.Naming("fhir.typed", "type", types).With("address", Definitions + "datatypes.html");
    }
}
