using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Screening.Rules;

/// <summary>A converter that can describe the values it accepts.</summary>
internal interface IDescribesAcceptedValues
{
    /// <summary>The accepted values, as the end of a sentence that begins with "Expected".</summary>
    string Takes { get; }
}

/// <summary>
/// Checks JSON against the format and finds every error in its shape: unknown, missing and repeated members, nulls, unknown kinds, wrong
/// types. The format is the serializer's own metadata, so that the deserializer accepts anything without an error here. Its exceptions
/// would report one error at a time, with C# types.
/// </summary>
internal sealed class ProtocolShape
{
    private const string WrongType = "The value is not of the type that the format wants here.";

    private readonly List<(string Pointer, string Reason)> flaws = [];

    private ProtocolShape()
    {
    }

    /// <summary>Every error in a value of this type.</summary>
    public static IReadOnlyList<(string Pointer, string Reason)> FlawsOf(JsonElement value, JsonTypeInfo type)
    {
        var shape = new ProtocolShape();
        shape.Check(value, type, "");
        return shape.flaws;
    }

    private void Check(JsonElement value, JsonTypeInfo type, string pointer)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                flaws.Add((pointer, "null is not a value here; leave the member out."));
            }
            else if (type.Type == typeof(JsonElement))
            {
                CheckUntyped(value, type, pointer);
            }
            else if (type.Kind == JsonTypeInfoKind.Object && Is(value, JsonValueKind.Object, pointer))
            {
                CheckKind(value, type, pointer);
            }
            else if (type.Kind == JsonTypeInfoKind.Enumerable && Is(value, JsonValueKind.Array, pointer))
            {
                CheckElements(value, Of(type, type.ElementType!), pointer);
            }
            else if (type.Kind == JsonTypeInfoKind.None)
            {
                CheckPlain(value, type, pointer);
            }
        }
        catch (InvalidOperationException)
        {
            // From a string or a member's name.
            flaws.Add((pointer, "The text holds half a character (a lone surrogate)."));
        }
    }

    private bool Is(JsonElement value, JsonValueKind kind, string pointer)
    {
        if (value.ValueKind != kind)
        {
            flaws.Add((pointer, WrongType));
        }

        return value.ValueKind == kind;
    }

    private void CheckElements(JsonElement list, JsonTypeInfo type, string pointer)
    {
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            Check(element, type, Pointer.To(pointer, i));
        }
    }

    /// <summary>Checks the answers of an example, which are read like those of a request.</summary>
    private void CheckUntyped(JsonElement value, JsonTypeInfo type, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(value, pointer, _ => type);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            CheckElements(value, type, pointer);
        }
        else
        {
            _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
    }

    /// <summary>Checks an object, or one of a closed set of kinds, named by a member.</summary>
    private void CheckKind(JsonElement value, JsonTypeInfo type, string pointer)
    {
        if (type.PolymorphismOptions is not { TypeDiscriminatorPropertyName: var member } kinds)
        {
            CheckObject(value, type, pointer, null);
        }
        else if (!value.TryGetProperty(member, out var name))
        {
            flaws.Add((pointer, $"The member that says which kind this is, `{member}`, is missing."));
        }
        else if (kinds.DerivedTypes.FirstOrDefault(kind => IsText(name, (string)kind.TypeDiscriminator!)) is { DerivedType: { } derived })
        {
            CheckObject(value, Of(type, derived), pointer, member);
        }
        else
        {
            var names = string.Join(", ", kinds.DerivedTypes.Select(kind => kind.TypeDiscriminator));
            flaws.Add((pointer, $"There is no such kind; `{member}` is one of: {names}."));
        }
    }

    private void CheckObject(JsonElement value, JsonTypeInfo type, string pointer, string? kindMember)
    {
        var members = type.Properties.Where(member => member.Set is not null).ToDictionary(member => member.Name);
        var missing = members.Values.Where(member => member.IsRequired && !value.TryGetProperty(member.Name, out _)).ToList();
        if (missing.Count > 0)
        {
            flaws.Add((pointer, $"Missing here: {string.Join(", ", missing.Select(member => $"'{member.Name}'"))}."));
        }

        CheckMembers(value, pointer, name =>
            members.TryGetValue(name, out var member) ? Of(type, member.PropertyType)
            : name == kindMember ? Of(type, typeof(string))
            : null);
    }

    private void CheckMembers(JsonElement value, string pointer, Func<string, JsonTypeInfo?> typeOf)
    {
        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            var at = Pointer.To(pointer, member.Name);
            if (!seen.Add(member.Name))
            {
                flaws.Add((at, "A member appears more than once here."));
            }
            else if (typeOf(member.Name) is { } type)
            {
                Check(member.Value, type, at);
            }
            else
            {
                flaws.Add((at, "No member of this name is expected here."));
            }
        }
    }

    private void CheckPlain(JsonElement value, JsonTypeInfo type, string pointer)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            _ = value.GetString();
        }

        try
        {
            _ = value.Deserialize(type);
        }
        catch (JsonException)
        {
            flaws.Add((pointer, type.Converter is IDescribesAcceptedValues known ? $"Expected {known.Takes}." : WrongType));
        }
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static JsonTypeInfo Of(JsonTypeInfo parent, Type type) => parent.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
}
