using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>Faults of shape and of spelling.</summary>
internal static class GeneratorShapes
{
    private static readonly string[] Required =
        ["protocol", "appointment", "answers", "timeZone", "product", "date", "ruleId", "by", "on"];

    private static readonly string[] Coded =
        ["protocol", "timeZone", "product", "ruleId", "areas", "electronicImplants", "metalPlates", "skinConditions"];

    private sealed record Place(JsonNode Parent, string Name, int Index, JsonNode? Value, string Pointer);

    public static void Spoil(GeneratorDraft draft)
    {
        int count = draft.Pick(1, 1, 1, 2, 2, 3);
        bool clearancesInDoubt = false;
        HashSet<string> spoiled = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            bool misspell = i == count - 1 && draft.Chance(0.35);
            string pointer = misspell ? Misspell(draft, spoiled) : SpoilShape(draft, count == 1, spoiled);
            spoiled.Add(pointer);
            clearancesInDoubt |= pointer.StartsWith("/answers", StringComparison.Ordinal)
                || pointer.StartsWith("/appointment", StringComparison.Ordinal)
                || pointer.StartsWith("/protocol", StringComparison.Ordinal);
        }

        if (clearancesInDoubt)
        {
            // A clearance may hang on the answer that is now wrong; whether it is then judged is another matter.
            draft.Request.Remove("clearances");
        }
    }

    private static string SpoilShape(GeneratorDraft draft, bool alone, HashSet<string> spoiled)
    {
        // Without a protocol it is open whether answers are judged, so that fault comes alone.
        List<Place> places = Places(draft.Request);
        places.RemoveAll(place => place.Pointer == "/protocol" && !alone);

        // A second fault at the same place could undo the first.
        places.RemoveAll(place => spoiled.Contains(place.Pointer));
        int kind = draft.Between(0, 9);
        if (kind < 2)
        {
            List<Place> objects = places.FindAll(place => place.Value is JsonObject && place.Pointer != "/answers");
            Place? chosen = objects.Count == 0 ? null : draft.Pick(objects.ToArray());
            JsonObject target = chosen is null || draft.Chance(0.3) ? draft.Request : (JsonObject)chosen.Value!;
            target[draft.Pick("extra", "Date", "a/b~c", "")] = draft.Pick<JsonNode?>(null, 1, "x", new JsonArray());
            return target == draft.Request || chosen is null ? "/" : chosen.Pointer;
        }

        if (kind < 4)
        {
            List<Place> required = places.FindAll(place => place.Index < 0 && Required.Contains(place.Name));
            if (required.Count > 0)
            {
                Place chosen = draft.Pick(required.ToArray());
                ((JsonObject)chosen.Parent).Remove(chosen.Name);
                return chosen.Pointer;
            }
        }

        Place place = draft.Pick(places.ToArray());
        Put(place, kind < 7 ? null : WrongType(draft, place));
        return place.Pointer;
    }

    private static JsonNode? WrongType(GeneratorDraft draft, Place place)
    {
        List<JsonNode> other = [JsonValue.Create(7), JsonValue.Create(true), JsonValue.Create(1.5)];
        if (place.Value is not JsonObject)
        {
            other.Add(new JsonObject());
        }

        if (place.Value is not JsonArray && place.Pointer != "/answers/injections")
        {
            other.Add(new JsonArray());
        }

        if (place.Value is JsonObject or JsonArray && place.Pointer != "/answers/injections")
        {
            other.Add(JsonValue.Create("unknown"));
        }

        return draft.Pick(other.ToArray());
    }

    private static string Misspell(GeneratorDraft draft, HashSet<string> spoiled)
    {
        List<Place> places = Places(draft.Request);
        places.RemoveAll(place => spoiled.Contains(place.Pointer));
        List<Place> codes = places.FindAll(IsCode);
        if (codes.Count == 0 || draft.Chance(0.5))
        {
            // A name; in the answers it is a question, anywhere else a member.
            List<Place> named = places.FindAll(place => place.Index < 0 && place.Name is not ("asOf" or "protocol"));
            if (named.Count == 0)
            {
                draft.Request["answer"] = new JsonObject();
                return "/";
            }

            Place chosen = draft.Pick(named.ToArray());
            JsonObject parent = (JsonObject)chosen.Parent;
            parent.Remove(chosen.Name);
            parent[OneEdit(draft, chosen.Name)] = chosen.Value;

            return chosen.Pointer;
        }

        Place code = draft.Pick(codes.ToArray());
        Put(code, JsonValue.Create(OneEdit(draft, code.Value!.GetValue<string>())));
        return code.Pointer;
    }

    private static bool IsCode(Place place)
    {
        if (place.Value is not JsonValue value || value.GetValueKind() != JsonValueKind.String || place.Pointer == "/protocol")
        {
            return false;
        }

        // Dates are left alone: an edit of a date is mostly another date.
        string text = value.GetValue<string>();
        bool inAnswers = place.Pointer.StartsWith("/answers/", StringComparison.Ordinal)
            && place.Pointer != "/answers/injections";
        return text.Length > 0 && !char.IsAsciiDigit(text[0]) && (inAnswers || Coded.Contains(place.Name));
    }

    private static string OneEdit(GeneratorDraft draft, string text)
    {
        string edited = text;
        while (edited == text)
        {
            edited = Edit(draft, text);
        }

        return edited;
    }

    private static string Edit(GeneratorDraft draft, string text)
    {
        char letter = (char)('a' + draft.Between(0, 25));
        int at = draft.Between(0, Math.Max(0, text.Length - 1));
        return draft.Between(0, 4) switch
        {
            0 => text.Insert(at, letter.ToString()),
            1 when text.Length > 1 => text.Remove(at, 1),
            2 when text.Length > 0 => text[..at] + letter + text[(at + 1)..],
            3 when text.Length > at + 1 => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text.Length == 0 ? "x" : char.ToUpperInvariant(text[0]) + text[1..] + (draft.Chance(0.5) ? "s" : ""),
        };
    }

    private static void Put(Place place, JsonNode? value)
    {
        if (place.Index >= 0)
        {
            ((JsonArray)place.Parent)[place.Index] = value;
        }
        else
        {
            ((JsonObject)place.Parent)[place.Name] = value;
        }
    }

    private static List<Place> Places(JsonObject request)
    {
        List<Place> places = [];
        Collect(request, "", "", places);

        // A fault within what is unknown already would say nothing new.
        places.RemoveAll(place => place.Value is null);
        return places;
    }

    private static void Collect(JsonNode? node, string name, string pointer, List<Place> places)
    {
        if (node is JsonObject parent)
        {
            foreach (KeyValuePair<string, JsonNode?> member in parent)
            {
                string at = pointer + "/" + NaiveJson.Escape(member.Key);
                places.Add(new Place(parent, member.Key, -1, member.Value, at));
                Collect(member.Value, member.Key, at, places);
            }
        }

        if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                string at = pointer + "/" + i.ToString(CultureInfo.InvariantCulture);
                places.Add(new Place(list, name, i, list[i], at));
                Collect(list[i], name, at, places);
            }
        }
    }
}
