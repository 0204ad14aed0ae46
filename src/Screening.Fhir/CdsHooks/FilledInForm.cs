using System.Text;
using System.Text.Json;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>Why a filled-in form was not used.</summary>
public enum FormFlaw
{
    /// <summary>It is about somebody else, or does not say about whom.</summary>
    NotThePerson,

    /// <summary>It answers another questionnaire.</summary>
    OtherQuestionnaire,

    /// <summary>It is not finished, or was entered in error.</summary>
    NotFinished,

    /// <summary>There are several, and it cannot be told which is the latest.</summary>
    OrderUnknown,
}

/// <summary>The filled-in form whose answers count: the latest finished one of this questionnaire and this person.</summary>
/// <param name="Response">The QuestionnaireResponse; null when there is none to use.</param>
/// <param name="Unused">How many were not used, by reason; forms that were filled in before it are not counted.</param>
public sealed record FilledInForm(JsonElement? Response, IReadOnlyDictionary<FormFlaw, int> Unused)
{
    /// <summary>Chooses among the forms of a part of the record that was seen in full; of one that was not, the latest may be missing.</summary>
    public static FilledInForm Choose(PrefetchedPart part, ProtocolFamily family, string patient)
    {
        var unused = new SortedDictionary<FormFlaw, int>();
        void Leave(FormFlaw flaw, int count)
        {
            if (count > 0)
            {
                unused[flaw] = unused.GetValueOrDefault(flaw) + count;
            }
        }

        Leave(FormFlaw.NotThePerson, part.AboutOthers);
        var usable = new List<JsonElement>();
        foreach (var response in part.Resources.Where(resource => ResourceJson.TypeOf(resource) == part.Template.Type))
        {
            if (Flaw(response, family, patient) is { } flaw)
            {
                Leave(flaw, 1);
            }
            else
            {
                usable.Add(response);
            }
        }

        if (part.State != PartState.Seen)
        {
            return new FilledInForm(null, unused);
        }

        var latest = Latest(usable);
        Leave(FormFlaw.OrderUnknown, latest is null ? usable.Count : 0);
        return new FilledInForm(latest, unused);
    }

    /// <summary>The canonical URL, or the address under which some server serves it; with or without a version.</summary>
    public static bool IsOf(string? questionnaire, ProtocolFamily family)
    {
        var name = questionnaire?.Split('|')[0];
        var version = questionnaire is not null && questionnaire.Contains('|', StringComparison.Ordinal) ? questionnaire[(questionnaire.IndexOf('|', StringComparison.Ordinal) + 1)..] : null;
        return name is not null
            && (name == Canonicals.Questionnaire(family.Id) || name == "Questionnaire/" + family.Id || name.EndsWith("/Questionnaire/" + family.Id, StringComparison.Ordinal))
            && (version is null || family.Versions.Any(one => one.Document.Version == version));
    }

    private static FormFlaw? Flaw(JsonElement response, ProtocolFamily family, string patient) =>
        ResourceJson.About(response, patient) != AboutPerson.Same ? FormFlaw.NotThePerson
        : !IsOf(ResourceJson.Text(response, "questionnaire"), family) ? FormFlaw.OtherQuestionnaire
        : ResourceJson.Text(response, "status") is not ("completed" or "amended") ? FormFlaw.NotFinished
        : null;

    /// <summary>The one that is surely later than every other; null when none is.</summary>
    private static JsonElement? Latest(List<JsonElement> responses)
    {
        if (responses.Count < 2)
        {
            return responses.Count == 1 ? responses[0] : null;
        }

        var times = responses.ConvertAll(response => Authored(ResourceJson.Text(response, "authored")));
        var latest = times.FindIndex(time => time is not null && times.TrueForAll(other => other == time || other?.Last < time?.First));
        return latest >= 0 && times.FindLastIndex(time => time == times[latest]) == latest ? responses[latest] : null;
    }

    /// <summary>The first and the last instant that a FHIR dateTime can mean, anywhere in the world; null when it is none.</summary>
    private static (Instant First, Instant Last)? Authored(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time) && time.Offset is { } offset)
        {
            var instant = time.Local.WithOffset(offset).ToInstant();
            return (instant, instant);
        }

        return PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out var date)
            ? (date.First.AtMidnight().WithOffset(Offset.FromHours(14)).ToInstant(), date.Last.PlusDays(1).AtMidnight().WithOffset(Offset.FromHours(-12)).ToInstant())
            : null;
    }
}
