using System.Text.Json;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// Reads the call of a CDS service: strictly where it decides something (the hook, the id of the call, the person, the list of appointments), and
/// blind to everything else, since clients of later versions, and extensions, bring members that nobody here knows.
/// </summary>
public static class HookRequestReader
{
    /// <summary>The most appointments that one call may propose.</summary>
    public const int MostAppointments = 100;

    // FHIR ids have at most 64 characters; those of some servers are longer.
    private const int LongestId = 256;

    // A member that stands twice is refused wherever it is: of two values neither is believed.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = JsonText.Options.MaxDepth };

    /// <summary>Reads a call; null when something is wrong with it, and then the errors say what.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="hook">The hook of the service that was called.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static HookRequest? Read(ReadOnlySpan<byte> body, Hook hook, InputErrors errors)
    {
        if (Root(body, errors) is not { } root)
        {
            return null;
        }

        if (Text(root, "hook", string.Empty, errors) is { } stated && stated != WireName.Of(hook))
        {
            errors.Add("/hook", ErrorCode.UnknownValue, "This service is for another hook.");
        }

        var instance = Uuid(root, "hookInstance", string.Empty, errors);
        string? patient = null;
        List<Entry>? entries = null;
        if (Member(root, "context", string.Empty, JsonValueKind.Object, errors) is { } context)
        {
            patient = Text(context, "patientId", "/context", errors);
            if (patient is not null && !IsId(patient))
            {
                errors.Add("/context/patientId", ErrorCode.InvalidId, "This is not the id of a Patient.");
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

    /// <summary>The one JSON object of a body; null, with the error noted, when it is none.</summary>
    internal static JsonElement? Root(ReadOnlySpan<byte> body, InputErrors errors)
    {
        var shape = BodyLimits.Of(body, FhirFormat.Json);
        if (shape == BodyShape.TooComplex)
        {
            errors.Add(string.Empty, ErrorCode.TooComplex);
            return null;
        }

        if (shape == BodyShape.Malformed || !Parsing.Try(body, bytes => JsonElement.Parse(bytes, Strict), out var root))
        {
            errors.Add(
                string.Empty,
                ErrorCode.InvalidJson,
                "The body is not one JSON value in UTF-8, it nests too deep, or a member of it stands twice.");
            return null;
        }

        return OfKind(root, JsonValueKind.Object, string.Empty, errors);
    }

    /// <summary>A required member of the kind that is wanted; null, with the error noted, when it is not there or another.</summary>
    internal static JsonElement? Member(JsonElement owner, string name, string pointer, JsonValueKind kind, InputErrors errors)
    {
        var at = Pointer.To(pointer, name);
        if (owner.TryGetProperty(name, out var member))
        {
            return OfKind(member, kind, at, errors);
        }

        errors.Add(at, ErrorCode.MissingMember);
        return null;
    }

    /// <summary>The same value; null, with the error noted, when it is not of the kind that is wanted.</summary>
    internal static JsonElement? OfKind(JsonElement value, JsonValueKind kind, string at, InputErrors errors)
    {
        if (value.ValueKind == kind)
        {
            return value;
        }

        errors.Add(at, value.ValueKind == JsonValueKind.Null ? ErrorCode.NullValue : ErrorCode.WrongType);
        return null;
    }

    /// <summary>A required text.</summary>
    internal static string? Text(JsonElement owner, string name, string pointer, InputErrors errors) =>
        Member(owner, name, pointer, JsonValueKind.String, errors)?.GetString();

    /// <summary>A required UUID.</summary>
    internal static Guid? Uuid(JsonElement owner, string name, string pointer, InputErrors errors)
    {
        if (Text(owner, name, pointer, errors) is { } text)
        {
            if (Guid.TryParseExact(text, "D", out var id))
            {
                return id;
            }

            errors.Add(Pointer.To(pointer, name), ErrorCode.InvalidId, "This is not a UUID.");
        }

        return null;
    }

    private static List<Entry>? Entries(JsonElement context, InputErrors errors)
    {
        const string At = "/context/appointments";
        if (context.TryGetProperty("appointments", out var stated) && stated.ValueKind == JsonValueKind.Array)
        {
            // The hook's definition of May 2020 speaks of a Bundle, and shows a list in its example.
            return Limited(At, stated.EnumerateArray().Select(resource => new Entry(resource, null, true)), errors);
        }

        if (Member(context, "appointments", "/context", JsonValueKind.Object, errors) is not { } bundle)
        {
            return null;
        }

        if (Text(bundle, "resourceType", At, errors) is { } type && type != "Bundle")
        {
            errors.Add(At + "/resourceType", ErrorCode.UnknownValue, "The appointments are a Bundle.");
        }

        return !bundle.TryGetProperty("entry", out _) ? []
            : Member(bundle, "entry", At, JsonValueKind.Array, errors) is { } entries
                ? Limited(At, entries.EnumerateArray().Select(OfBundle), errors)
            : null;
    }

    private static Entry OfBundle(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource)
            ? new Entry(resource, ResourceJson.Text(entry, "fullUrl"), true)
            : default;

    /// <summary>Resources of other types are what an appointment refers to, and no appointments; what has no type that there is, or is a Bundle, is one that cannot be read.</summary>
    private static List<Entry> Limited(string at, IEnumerable<Entry> entries, InputErrors errors)
    {
        var all = entries.ToList();
        if (all.Count(entry => entry.IsAppointment) > MostAppointments)
        {
            errors.Add(at, ErrorCode.TooMany);
        }

        return all;
    }

    /// <summary>True for what may stand beside appointments. A type that there is not is a misspelt one: nobody may be left without an answer for that.</summary>
    private static bool IsBeside(string? type) => type is not ("Appointment" or "Bundle") && ResourceTypes.IsOne(type);

    /// <summary>An entry of the list of appointments.</summary>
    private readonly record struct Entry(JsonElement Resource, string? FullUrl, bool IsPresent)
    {
        public bool IsAppointment => !IsPresent || !IsBeside(ResourceJson.TypeOf(Resource));
    }

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
