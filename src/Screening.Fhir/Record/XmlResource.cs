using System.Text;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Fhir.Reading;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record in XML.</summary>
/// <param name="xml">The resource's element.</param>
internal sealed class XmlResource(XElement xml) : RawResource
{
    /// <summary>The namespace of FHIR, except narratives.</summary>
    public static readonly XNamespace Fhir = SdkReader.Namespace;

    private readonly byte[] bytes = Encoding.UTF8.GetBytes(xml.ToString(SaveOptions.DisableFormatting));

    public override string? Type => xml.Name.LocalName;

    public override int Size => bytes.Length;

    public override bool IsModified => xml.Elements().Any(element => element.Name.LocalName is "modifierExtension" or "implicitRules");

    public override IEnumerable<string> References => xml.Descendants(Fhir + "reference").Select(ValueOf).OfType<string>();

    public override IReadOnlyList<RawEntry>? Entries => [.. EntriesOf(xml).Select(Entry)];

    protected override string? Id => xml.Elements(Fhir + "id").Select(ValueOf).FirstOrDefault();

    /// <summary>The elements of a Bundle's entries.</summary>
    public static IEnumerable<XElement> EntriesOf(XElement bundle) => bundle.Elements(Fhir + "entry");

    /// <summary>An element's value; null when it has none.</summary>
    public static string? ValueOf(XElement element) => element.Attribute("value")?.Value;

    public override Resource? ReadIfValid(CancellationToken cancellation) => SdkReader.ReadIfValid(bytes, FhirFormat.Xml, cancellation);

    public override Resource? ReadLeniently() => SdkReader.ReadLeniently(bytes, FhirFormat.Xml);

    public override Resource? ReadMemberByMember()
    {
        XElement With(params IEnumerable<XElement> members) => new(xml.Name, members.Select(member => new XElement(member)));
        var readable = xml.Elements().Where(member => new XmlResource(With(member)).ReadLeniently() is not null);
        return new XmlResource(With(readable)).ReadLeniently();
    }

    public override RawResource WithoutEntries()
    {
        var rest = new XElement(xml);
        EntriesOf(rest).Remove();
        return new XmlResource(rest);
    }

    /// <summary>If an entry does not hold exactly one resource, it is ambiguous and none is read.</summary>
    public static RawEntry Entry(XElement entry)
    {
        List<XElement> resources = [.. entry.Elements(Fhir + "resource")];
        var around = new XElement(entry);
        around.Elements(Fhir + "resource").Remove();
        return new RawEntry(
            around.IsEmpty || (!around.HasElements && !around.HasAttributes) ? null : new XmlResource(new XElement(Fhir + nameof(Bundle), new XElement(Fhir + "type", new XAttribute("value", "collection")), around)),
            resources is [var only] && only.Elements().ToList() is [var resource] ? new XmlResource(resource) : null,
            entry.Elements(Fhir + "fullUrl").Select(ValueOf).FirstOrDefault(),
            entry.Elements(Fhir + "modifierExtension").Any());
    }
}
