using System.Text.Json;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// Reads the call of a CDS service: strictly where it affects a decision (the hook, the call's id, the patient, the list of appointments),
/// and ignoring everything else, since later versions and extensions may add unknown members.
/// </summary>
public static class HookRequestReader
{
    /// <summary>The most appointments that one call may propose.</summary>
    public const int MostAppointments = 100;

    // FHIR ids have at most 64 characters; some servers use longer ones.
    private const int LongestId = 256;

    // A repeated member is rejected anywhere: neither value can be used.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = JsonText.Options.MaxDepth };

    private static readonly LocalizedText Uuids = Words.Text("accepted.uuid");
    private static readonly LocalizedText PatientId = Accepted.AtMost("accepted.patientId", LongestId);
    private static readonly LocalizedText Bundles = Accepted.AtMost("accepted.appointments", MostAppointments);
    private static readonly LocalizedText OfBundles = Accepted.Naming("accepted.list", "members", ["resource"]);

    /// <summary>Reads a call; null when it has any error.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="hook">The hook of the called service.</param>
    /// <param name="errors">Receives the errors.</param>
    public static HookRequest? Read(ReadOnlySpan<byte> body, Hook hook, InputErrors errors)
    {
        if (Root(body, Accepted.Object("hook", "hookInstance", "context", "prefetch"), errors) is not { } root)
        {
            return null;
        }

        var hooks = Accepted.OneOf(WireName.Of(hook));
        if (Text(root, "hook", string.Empty, hooks, errors) is { } stated && stated != WireName.Of(hook))
        {
            errors.Add("/hook", ErrorCode.UnknownValue, hooks);
        }

        var instance = Uuid(root, "hookInstance", string.Empty, errors);
        var contexts = hook == Hook.AppointmentBook ? Accepted.Object("patientId", "appointments") : Accepted.Object("patientId");
        string? patient = null;
        List<Entry>? entries = null;
        if (Member(root, "context", string.Empty, JsonValueKind.Object, contexts, errors) is { } context)
        {
            patient = Text(context, "patientId", "/context", PatientId, errors);
            if (patient is not null && !IsId(patient))
            {
                errors.Add("/context/patientId", ErrorCode.InvalidId, PatientId);
            }

            entries = hook == Hook.AppointmentBook ? Entries(context, errors) : null;
        }

        return errors.Any ? null : new HookRequest
        {
            Instance = instance!.Value,
            Patient = patient!,
            Appointments = entries is null ? null : [.. entries.Where(entry => entry.IsAppointment).Select(entry => entry.Resource)],
            Beside = [.. entries?.Where(entry => !entry.IsAppointment).Select(entry => (entry.Resource, entry.FullUrl)) ?? []],
            Prefetch = root.TryGetProperty("prefetch", out var prefetch) && prefetch.ValueKind == JsonValueKind.Object ? prefetch : default,
        };
    }

    /// <summary>The JSON object of a body; null, with the error reported, when there is none.</summary>
    internal static JsonElement? Root(ReadOnlySpan<byte> body, LocalizedText accepted, InputErrors errors)
    {
        var shape = BodyLimits.Of(body, FhirFormat.Json);
        if (shape == BodyShape.TooComplex)
        {
            errors.Add(string.Empty, ErrorCode.TooComplex, BodyLimits.Accepted(BodyLimits.MostValues));
            return null;
        }

        if (shape == BodyShape.Malformed || !Parsing.Try(body, bytes => JsonElement.Parse(bytes, Strict), out var root))
        {
            JsonFault.Report(body, JsonText.Options.MaxDepth, string.Empty, errors, repetitions: true);
            return null;
        }

        return OfKind(root, JsonValueKind.Object, string.Empty, accepted, errors);
    }

    /// <summary>A required member of a JSON kind; null, with the error reported, when it is absent or of another kind.</summary>
    internal static JsonElement? Member(
        JsonElement owner, string name, string pointer, JsonValueKind kind, LocalizedText accepted, InputErrors errors)
    {
        var at = Pointer.To(pointer, name);
        if (owner.TryGetProperty(name, out var member))
        {
            return OfKind(member, kind, at, accepted, errors);
        }

        errors.Add(at, ErrorCode.MissingMember, accepted);
        return null;
    }

    /// <summary>The value itself; null, with the error reported, when it is not of the JSON kind.</summary>
    internal static JsonElement? OfKind(JsonElement value, JsonValueKind kind, string at, LocalizedText accepted, InputErrors errors)
    {
        if (value.ValueKind == kind)
        {
            return value;
        }

        errors.Add(at, value.ValueKind == JsonValueKind.Null ? ErrorCode.NullValue : ErrorCode.WrongType, accepted);
        return null;
    }

    /// <summary>A required string.</summary>
    internal static string? Text(JsonElement owner, string name, string pointer, LocalizedText accepted, InputErrors errors) =>
        Member(owner, name, pointer, JsonValueKind.String, accepted, errors)?.GetString();

    /// <summary>A required UUID.</summary>
    internal static Guid? Uuid(JsonElement owner, string name, string pointer, InputErrors errors)
    {
        if (Text(owner, name, pointer, Uuids, errors) is { } text)
        {
            if (Guid.TryParseExact(text, "D", out var id))
            {
                return id;
            }

            errors.Add(Pointer.To(pointer, name), ErrorCode.InvalidId, Uuids);
        }

        return null;
    }

    private static List<Entry>? Entries(JsonElement context, InputErrors errors)
    {
        const string At = "/context/appointments";
        if (context.TryGetProperty("appointments", out var stated) && stated.ValueKind == JsonValueKind.Array)
        {
            // The hook's definition of May 2020 specifies a Bundle, but shows a list in its example.
            return Limited(At, stated.EnumerateArray().Select(resource => new Entry(resource, null, true)), errors);
        }

        if (Member(context, "appointments", "/context", JsonValueKind.Object, Bundles, errors) is not { } bundle)
        {
            return null;
        }

        var types = Accepted.OneOf("Bundle");
        if (Text(bundle, "resourceType", At, types, errors) is { } type && type != "Bundle")
        {
            errors.Add(At + "/resourceType", ErrorCode.UnknownValue, types);
        }

        return !bundle.TryGetProperty("entry", out _) ? []
            : Member(bundle, "entry", At, JsonValueKind.Array, OfBundles, errors) is { } entries
                ? Limited(At, entries.EnumerateArray().Select(OfBundle), errors)
            : null;
    }

    private static Entry OfBundle(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource)
            ? new Entry(resource, ResourceJson.Text(entry, "fullUrl"), true)
            : default;

    /// <summary>
    /// Checks the number of appointments. Resources of other types are those that appointments refer to; a Bundle, or a resource of an
    /// unknown type, counts as an unreadable appointment.
    /// </summary>
    private static List<Entry> Limited(string at, IEnumerable<Entry> entries, InputErrors errors)
    {
        var all = entries.ToList();
        if (all.Count(entry => entry.IsAppointment) > MostAppointments)
        {
            errors.Add(at, ErrorCode.TooMany, Bundles);
        }

        return all;
    }

    /// <summary>
    /// True for a resource that may accompany appointments. An unknown type may be a misspelt Appointment, which must get a card.
    /// </summary>
    private static bool IsBeside(string? type) => type is not ("Appointment" or "Bundle") && ResourceTypes.IsConcrete(type);

    /// <summary>An entry of the list of appointments.</summary>
    private readonly record struct Entry(JsonElement Resource, string? FullUrl, bool IsPresent)
    {
        public bool IsAppointment => !IsPresent || !IsBeside(ResourceJson.TypeOf(Resource));
    }

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
