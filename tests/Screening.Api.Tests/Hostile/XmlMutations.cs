using System.Text;
using System.Xml.Linq;

namespace Screening.Api.Tests.Hostile;

/// <summary>Spoils XML in one place or several. The same seed spoils alike.</summary>
internal sealed class XmlMutations(Random random)
{
    private static readonly string[] Names = ["Resource", "DomainResource", "Condition", "entry", "resource", "contained", "extension", "modifierExtension", "implicitRules", "div", "valueX", "id", "x"];

    private static readonly string[] Values = ["", " ", "x", "null", "-1", "1e999", "2026-13-45", "Patient/another", "#", "true", "\u202e", "http://"];

    /// <summary>The body, spoilt.</summary>
    public byte[] Spoil(string body)
    {
        var root = XElement.Parse(body);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            List<XElement> all = [.. root.DescendantsAndSelf()];
            Spoil(all[random.Next(all.Count)]);
        }

        var text = root.ToString(SaveOptions.DisableFormatting);
        text = random.Next(40) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => "<!DOCTYPE x [<!ENTITY y 'z'>]>" + text,
            2 => text + text,
            3 => text.Replace("<status", "<status xmlns=''", StringComparison.Ordinal),
            4 => text.Replace("value=\"", "value=\"&#xD800;", StringComparison.Ordinal),
            5 => "<?xml version='1.0' encoding='utf-16'?>" + text,
            _ => text,
        };
        return Encoding.UTF8.GetBytes(text);
    }

    private void Spoil(XElement element)
    {
        var name = element.Name.Namespace + Names[random.Next(Names.Length)];
        switch (random.Next(11))
        {
            case 0 when element.Parent is not null:
                element.Remove();
                break;
            case 1:
                element.RemoveNodes();
                break;
            case 2:
                element.RemoveAttributes();
                break;
            case 3:
                element.SetAttributeValue("value", Values[random.Next(Values.Length)]);
                break;
            case 4:
                element.SetAttributeValue("x", "1");
                break;
            case 5:
                element.Name = name;
                break;
            case 6:
                element.Add(new XElement(name, new XElement(name)));
                break;
            case 7 when element.Parent is not null:
                element.AddAfterSelf(new XElement(element), new XElement(element));
                break;
            case 8 when element.Attributes().All(attribute => !attribute.IsNamespaceDeclaration):
                element.Name = XNamespace.Get("http://example.org/") + element.Name.LocalName;
                break;
            case 9:
                element.Add("words");
                break;
            default:
                var inner = new XElement(element);
                element.RemoveNodes();
                element.Add(inner);
                break;
        }
    }
}
