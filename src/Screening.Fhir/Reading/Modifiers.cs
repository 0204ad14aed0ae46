using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Rejects modifiers: this service interprets no modifier extension and no implicit rules, and FHIR does not allow ignoring them
/// (https://hl7.org/fhir/R4/extensibility.html#modifierExtension).
/// </summary>
internal static class Modifiers
{
    /// <summary>The detail of the error.</summary>
    public const string Detail = "This changes the meaning of what it stands in, in a way that this service does not know.";

    /// <summary>
    /// True when an element, or anything within it, has a modifier. In a record this is not an error: its content still counts, but nothing
    /// in it makes it harmless.
    /// </summary>
    public static bool Change(Base element) => element.EnumerateElements().Any(child => child.Key is "modifierExtension" or "implicitRules" || child.Value switch
    {
        Base one => Change(one),
        IEnumerable<Base> many => many.Any(Change),
        _ => false,
    });

    /// <summary>Reports each modifier extension of an element.</summary>
    public static void Check(List<Extension> modifiers, string at, InputErrors errors)
    {
        for (var i = 0; i < modifiers.Count; i++)
        {
            errors.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.modifierExtension[{i}]"), ErrorCode.UnknownMember, Detail);
        }
    }

    /// <summary>Reports each modifier of a resource.</summary>
    public static void Check(DomainResource resource, string at, InputErrors errors)
    {
        Check(resource.ModifierExtension, at, errors);
        if (resource.ImplicitRulesElement is not null)
        {
            errors.Add(at + ".implicitRules", ErrorCode.UnknownMember, Detail);
        }
    }
}
