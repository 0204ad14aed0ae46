using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Rejects modifiers: this service interprets no modifier extension and no implicit rules, and FHIR does not allow ignoring them
/// (https://hl7.org/fhir/R4/extensibility.html#modifierExtension).
/// </summary>
internal static class Modifiers
{
    /// <summary>What is wrong with a modifier.</summary>
    public static readonly LocalizedText Told = Words.Text("fhir.modifier");

    /// <summary>What would be accepted instead.</summary>
    public static readonly LocalizedText Accepted = Words.Text("fhir.noModifier");

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
            errors.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.modifierExtension[{i}]"), ErrorCode.UnknownMember, Accepted, Told);
        }
    }

    /// <summary>Reports each modifier of a resource.</summary>
    public static void Check(DomainResource resource, string at, InputErrors errors)
    {
        Check(resource.ModifierExtension, at, errors);
        if (resource.ImplicitRulesElement is not null)
        {
            errors.Add(at + ".implicitRules", ErrorCode.UnknownMember, Accepted, Told);
        }
    }
}
