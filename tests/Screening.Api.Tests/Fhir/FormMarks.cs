using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Fhir;

/// <summary>Writes into a form that answers were filled in beforehand, in plain JSON.</summary>
internal static class FormMarks
{
    public const string Origin = "http://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin";
    public const string List = "from-record";
    public const string Confirmed = "from-record.confirmed";

    /// <summary>Adds an item to the form.</summary>
    public static JsonObject AddItem(this JsonObject form, string linkId, params JsonObject[] answers)
    {
        form["item"]!.AsArray().Add(new JsonObject { ["linkId"] = linkId, ["answer"] = new JsonArray([.. answers]) });
        return form;
    }

    /// <summary>Marks every answer of an item, by a source; an empty one is absent.</summary>
    public static JsonObject Mark(this JsonObject form, string linkId, params string[] sources)
    {
        foreach (var answer in form.AnswersOf(linkId))
        {
            answer["extension"] = new JsonArray([.. sources.Select(Extension)]);
        }

        return form;
    }

    /// <summary>Lists linkIds in the hidden item.</summary>
    public static JsonObject Listed(this JsonObject form, params string[] linkIds) =>
        form.AddItem(List, [.. linkIds.Select(linkId => new JsonObject { ["valueString"] = linkId })]);

    /// <summary>Answers whether what is listed is right.</summary>
    public static JsonObject Confirm(this JsonObject form, bool isRight = true) => form.AddItem(Confirmed, new JsonObject { ["valueBoolean"] = isRight });

    /// <summary>The form without any extension of an answer, as many programs send it on.</summary>
    public static JsonObject WithoutExtensions(this JsonObject form)
    {
        var stripped = form.DeepClone().AsObject();
        foreach (var answer in Items(stripped).SelectMany(item => item["answer"]?.AsArray() ?? []))
        {
            answer!.AsObject().Remove("extension");
        }

        return stripped;
    }

    /// <summary>All items, of groups too.</summary>
    public static IEnumerable<JsonObject> Items(JsonObject owner) =>
        (owner["item"]?.AsArray() ?? []).Select(item => item!.AsObject()).SelectMany(item => Items(item).Prepend(item));

    /// <summary>The answers of an item.</summary>
    public static IEnumerable<JsonObject> AnswersOf(this JsonObject form, string linkId) =>
        Items(form).Where(item => (string)item["linkId"]! == linkId).SelectMany(item => item["answer"]!.AsArray()).Select(answer => answer!.AsObject());

    private static JsonObject Extension(string source) => new()
    {
        ["url"] = Origin,
        ["extension"] = new JsonArray(source.Length == 0
            ? new JsonObject { ["url"] = "author", ["extension"] = new JsonArray(new JsonObject { ["url"] = "enteredBy", ["valueString"] = "x" }) }
            : new JsonObject { ["url"] = "source", ["valueCode"] = source }),
    };
}
