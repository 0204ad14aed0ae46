using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using NodaTime.Text;
using Screening.Api.CdsHooks;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Questionnaires;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>Examples of CDS Hooks, produced by the service's own code from the example of a deferred screening request.</summary>
internal sealed class CdsExamples(ProtocolCatalog catalog, ClinicSettings clinic, RequestExamples requests)
{
    /// <summary>The id of the patient.</summary>
    public const string Patient = "example";

    /// <summary>Why the example's dates look like a slip.</summary>
    public const string Later =
        " Its dates are a century ahead on purpose: a hook has no as-of date, and an appointment must still be to come.";

    private const string Address = "https://screening.example.org";
    private const string Instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";

    /// <summary>Creates a hook request: one proposed appointment, a completed form, and a record without findings.</summary>
    public JsonObject Call() => Call(Read());

    /// <summary>Creates a hook request for a screening request.</summary>
    public JsonObject Call(ScreeningRequest request)
    {
        var form = ResponseBuilder.Build(request.Intake, Language.English);
        form.Id = "intake-1";
        form.Subject = new ResourceReference("Patient/" + Patient);
        form.AuthoredElement = new FhirDateTime(InstantPattern.General.Format(request.AsOf));
        var prefetch = new JsonObject();
        var templates = PrefetchTemplate.For(catalog.Find(request.Intake.Protocol.Id)!, clinic.Settings.Prefetch);
        foreach (var template in templates.Where(template => template.IsAsked))
        {
            prefetch[template.Key] = template.Key switch
            {
                PrefetchTemplate.PatientKey => new JsonObject { ["resourceType"] = "Patient", ["id"] = Patient },
                PrefetchTemplate.ResponsesKey => Bundle(JsonNode.Parse(FhirFormat.Json.Write(form))!),
                _ => Bundle(),
            };
        }

        return new JsonObject
        {
            ["hook"] = WireName.Of(Hook.AppointmentBook),
            ["hookInstance"] = Instance,
            ["context"] = new JsonObject { ["userId"] = "Practitioner/example", ["patientId"] = Patient, ["appointments"] = Bundle(Appointment(request)) },
            ["prefetch"] = prefetch,
        };
    }

    /// <summary>Returns an example of a response, its name and a one-sentence summary; null when it is not a CDS Hooks response.</summary>
    public (string Name, string Summary, JsonNode Value)? Of(ResponseDescription response) =>
        response.Type == typeof(CdsServicesResponse)
            ? ("all", "Two services for each protocol.", ResponseJson.ToNode(CdsServiceList.Of(catalog, clinic.Settings, Language.English)))
        : response.Type == typeof(CdsCardsResponse) ? (FhirExamples.Name, "One card: not on this date.", ResponseJson.ToNode(Cards()))
        : null;

    /// <summary>Creates a searchset Bundle.</summary>
    public static JsonObject Bundle(params IEnumerable<JsonNode> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["resource"] = resource })]),
    };

    private CdsCardsResponse Cards()
    {
        var request = Read();
        var service = new HookService(catalog.Find(request.Intake.Protocol.Id)!, Hook.AppointmentBook);
        var call = HookRequestReader.Read(Encoding.UTF8.GetBytes(Call().ToJsonString()), service.Hook, new InputErrors())!;
        var screenings = HookScreener.Screen(service, call, clinic.Settings, request.AsOf)!;
        var cards = new Cards(screenings, Language.English, path => Address + path, _ => DecisionLinkProtector.Path + "…").All(long.MaxValue);
        return new CdsCardsResponse { Cards = [.. cards.Select(told => told.Card)] };
    }

    private static JsonObject Appointment(ScreeningRequest request) => new()
    {
        ["resourceType"] = "Appointment",
        ["id"] = "apt1",
        ["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/timezone", ["valueCode"] = request.Appointment.Zone.Id }),
        ["status"] = "proposed",
        ["start"] = OffsetDateTimePattern.Rfc3339.Format(request.Appointment.Start!.Value.ToOffsetDateTime()),
        ["participant"] = new JsonArray(new JsonObject { ["actor"] = new JsonObject { ["reference"] = "Patient/" + Patient }, ["status"] = "tentative" }),
    };

    /// <summary>
    /// Reads the example of a screening, a century later: a hook has no as-of instant, so an appointment must still be to come whenever the
    /// example is sent. Where the example's own answers lie in the past, and may not be later, it stays as it is.
    /// </summary>
    private ScreeningRequest Read()
    {
        var request = requests.All.Find(example => example.Name == FhirExamples.Name).Request;
        var later = request.DeepClone().AsObject();
        foreach (var part in new[] { later["appointment"]!, later["answers"]! })
        {
            Postpone(part);
        }

        return requests.Read(later, new InputErrors()) ?? requests.Read(request, new InputErrors())!;
    }

    private static void Postpone(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                members.Select(member => member.Value).OfType<JsonNode>().ToList().ForEach(Postpone);
                break;
            case JsonArray list:
                list.OfType<JsonNode>().ToList().ForEach(Postpone);
                break;
            case JsonValue text when text.TryGetValue<string>(out var date) && date is ['2', '0', _, _, '-', ..]:
                text.ReplaceWith("21" + date[2..]);
                break;
        }
    }
}
