using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Screening.Api.Tests.Hostile;

/// <summary>Spoils JSON in one place or several: what comes out is bytes, since much of it no model of JSON can hold. The same seed spoils alike.</summary>
internal sealed class JsonMutations(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-0", "17", "1e999", "-1E-400", "123456789012345678901234567890", "0.1000000000000000000000000000001", "\"\"", "\" \"", "\"x\"", "\"2026-13-45\"", "\"2026-06-10T25:61:00Z\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "{}", "[]", "[[]]", "[null]", "[{}]", "[null,null]", "{\"\":0}", "{\"_\":0}", "{\"resourceType\":\"Resource\"}", "{\"resourceType\":\"DomainResource\",\"id\":\"1\"}", "{\"resourceType\":\"Bundle\"}",
        "{\"resourceType\":null}", "{\"resourceType\":[\"Condition\"]}", "{\"reference\":7}", "{\"reference\":\"#\"}", "{\"coding\":\"x\"}", "{\"extension\":[{\"url\":\"\"}]}", "[\"x\",1,{}]", "\"Patient/another\"",
    ];

    private static readonly string[] Names = ["", "_", "__", "resourceType", "id", "_id", "contained", "extension", "modifierExtension", "implicitRules", "value", "valueX", "entry", "resource", "status", "CODE", "\\u0000", "\\ud800", "a.b", "div", "text", "total", "link"];

    /// <summary>The body, spoilt.</summary>
    public byte[] Spoil(string body)
    {
        using var document = JsonDocument.Parse(body);
        var output = new StringBuilder(body.Length + 64);
        var size = Count(document.RootElement);
        HashSet<int> at = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(size))];
        var number = 0;
        Write(document.RootElement, output, at, ref number);
        if (random.Next(50) == 0)
        {
            output.Length = random.Next(output.Length);
        }

        var bytes = Encoding.UTF8.GetBytes(output.ToString());
        if (random.Next(50) == 0 && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static int Count(JsonElement element) => 1 + element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(member => Count(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Count),
        _ => 0,
    };

    private void Write(JsonElement element, StringBuilder output, HashSet<int> at, ref int number)
    {
        if (at.Contains(number++))
        {
            WriteOther(element, output);
            number += Count(element) - 1;
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            output.Append('{');
            var next = false;
            foreach (var member in element.EnumerateObject())
            {
                WriteMember(member, output, at, ref number, ref next);
            }

            output.Append('}');
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            output.Append('[');
            foreach (var (i, one) in element.EnumerateArray().Index())
            {
                output.Append(i == 0 ? "" : ",");
                Write(one, output, at, ref number);
            }

            output.Append(']');
        }
        else
        {
            output.Append(element.GetRawText());
        }
    }

    private void WriteMember(JsonProperty member, StringBuilder output, HashSet<int> at, ref int number, ref bool next)
    {
        var name = "\"" + member.Name + "\"";
        var times = 1;
        if (at.Contains(number))
        {
            switch (random.Next(8))
            {
                case 0:
                    // Left out.
                    number += Count(member.Value);
                    return;
                case 1:
                    name = "\"" + Names[random.Next(Names.Length)] + "\"";
                    break;
                case 2:
                    name = "\"_" + member.Name + "\"";
                    break;
                case 3:
                    times = 2;
                    break;
                default:
                    break;
            }
        }

        for (var i = 0; i < times; i++)
        {
            var start = number;
            output.Append(next ? "," : "").Append(name).Append(':');
            Write(member.Value, output, at, ref number);
            next = true;
            number = i + 1 < times ? start : number;
        }
    }

    private void WriteOther(JsonElement element, StringBuilder output)
    {
        var raw = element.GetRawText();
        output.Append(random.Next(12) switch
        {
            0 => "[" + raw + "]",
            1 => "[" + raw + "," + raw + "]",
            2 => "{\"value\":" + raw + "}",
            3 => string.Concat(Enumerable.Repeat("[", random.Next(1, 80))) + raw,
            4 => Nested("{\"extension\":[", raw, "]}"),
            5 => Nested("{\"item\":", raw, "}"),
            6 when element.ValueKind == JsonValueKind.Array => "[" + string.Join(',', Enumerable.Repeat(element.EnumerateArray().Select(one => one.GetRawText()).FirstOrDefault("{}"), random.Next(2, 30))) + "]",
            7 when element.ValueKind == JsonValueKind.String => "\"" + new string('x', random.Next(1, 5000)) + "\"",
            8 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            _ => Values[random.Next(Values.Length)],
        });
    }

    private string Nested(string open, string raw, string close)
    {
        var depth = random.Next(1, 40);
        return string.Concat(Enumerable.Repeat(open, depth)) + raw + string.Concat(Enumerable.Repeat(close, depth));
    }
}
