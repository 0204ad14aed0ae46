using System.Text.Json;
using Hl7.Fhir.Model;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.CdsHooks;

/// <summary>Why a filled-in form was not used.</summary>
public enum FormFlaw
{
    /// <summary>It is about another patient, or states none.</summary>
    NotThePerson,

    /// <summary>It answers another questionnaire.</summary>
    OtherQuestionnaire,

    /// <summary>It is not finished, or was entered in error.</summary>
    NotFinished,

    /// <summary>It states a date in the future.</summary>
    InTheFuture,

    /// <summary>Some forms were not sent or could not be read: a later one may be missing.</summary>
    LaterMayBeMissing,

    /// <summary>There are several, and the latest is unknown.</summary>
    OrderUnknown,
}

/// <summary>The filled-in form whose answers count: the latest finished one of this questionnaire and this patient.</summary>
/// <param name="Response">The QuestionnaireResponse; null when none can be used.</param>
/// <param name="Unused">How many were not used, by reason, not counting earlier forms.</param>
public sealed record FilledInForm(JsonElement? Response, IReadOnlyDictionary<FormFlaw, int> Unused)
{
    /// <summary>The date on which it was filled in, as precise as stated; null when not stated.</summary>
    public PartialDate? Authored => Response is { } form ? FilledInTime.DateOf(AuthoredOf(form)) : null;

    /// <summary>The same with its time; null when not stated.</summary>
    public FilledInTime? FilledIn => Response is { } form ? FilledInTime.Read(AuthoredOf(form)) : null;

    /// <summary>Chooses a form from a part of the record. Unless the part is complete, the latest may be missing.</summary>
    /// <param name="part">The part of the record.</param>
    /// <param name="family">The protocol of the questionnaire.</param>
    /// <param name="names">The accepted names of a form's questionnaire.</param>
    /// <param name="patient">The patient's id.</param>
    /// <param name="now">
    /// The instant of the request. A form dated more than a day after it is not used; with several forms the latest is then unknown.
    /// </param>
    public static FilledInForm Choose(PrefetchedPart part, ProtocolFamily family, FormNames names, string patient, Instant now)
    {
        var unused = new SortedDictionary<FormFlaw, int>();
        void CountUnused(FormFlaw flaw, int count)
        {
            if (count > 0)
            {
                unused[flaw] = unused.GetValueOrDefault(flaw) + count;
            }
        }

        CountUnused(FormFlaw.NotThePerson, part.AboutOthers);
        var usable = new List<JsonElement>();
        var responses = part.Resources.Select(resource => resource.Json).Where(json => ResourceJson.TypeOf(json) == part.Template.Type);
        foreach (var response in responses)
        {
            if (Flaw(response, family, names, patient) is { } flaw)
            {
                CountUnused(flaw, 1);
            }
            else
            {
                usable.Add(response);
            }
        }

        // Of two patients with one id on two servers at least one is another person, and it is unknown which.
        if (usable.Select(ResourceJson.ServerOfPerson).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)
        {
            CountUnused(FormFlaw.NotThePerson, usable.Count);
            usable.Clear();
        }

        // A resource of an unknown type may be a form with a misspelt type, later than those that can be read.
        if (part.State != PartState.Seen
            || part.Resources.Any(resource => !ModelInfo.IsKnownResource(ResourceJson.TypeOf(resource.Json) ?? string.Empty)))
        {
            CountUnused(FormFlaw.LaterMayBeMissing, usable.Count);
            return new FilledInForm(null, unused);
        }

        usable = DuplicateForms.Remove(usable);
        if (usable is [var only] && FilledInTime.Read(AuthoredOf(only)) is { } filled && !filled.MayBeBefore(now))
        {
            CountUnused(FormFlaw.InTheFuture, 1);
            return new FilledInForm(null, unused);
        }

        var latest = Latest(usable, now);
        CountUnused(FormFlaw.OrderUnknown, latest is null ? usable.Count : 0);
        return new FilledInForm(latest, unused);
    }

    private static string? AuthoredOf(JsonElement response) => ResourceJson.Text(response, "authored");

    private static FormFlaw? Flaw(JsonElement response, ProtocolFamily family, FormNames names, string patient) =>
        ResourceJson.About(response, patient) != AboutPerson.Same ? FormFlaw.NotThePerson
        : !names.IsOf(ResourceJson.Text(response, "questionnaire"), family) ? FormFlaw.OtherQuestionnaire
        : ResourceJson.Text(response, "status") is not ("completed" or "amended") ? FormFlaw.NotFinished
        : null;

    /// <summary>The one that is surely later than all others; null when there is none.</summary>
    private static JsonElement? Latest(List<JsonElement> responses, Instant now)
    {
        if (responses.Count < 2)
        {
            return responses.Count == 1 ? responses[0] : null;
        }

        var times = responses.ConvertAll(
            response => FilledInTime.Read(AuthoredOf(response)) is { } time && time.MayBeBefore(now) ? time : null);
        return FilledInTime.Latest(times) is { } latest ? responses[latest] : null;
    }
}
