using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads a resource strictly and reports all errors that the SDK finds. The SDK's own messages are never passed on, since some contain
/// values.
/// </summary>
public static class ResourceReader
{
    private static readonly LocalizedText NotFhirValue = Words.Text("fhir.notValue");
    private static readonly LocalizedText NotFhirMember = Words.Text("fhir.notElement");
    private static readonly LocalizedText NotOneResource = Words.Text("fhir.notOneResource");

    /// <summary>The SDK's code for an empty array; the path of the error names its first element.</summary>
    private const string EmptyArray = "JSON121";

    /// <summary>The SDK's code for a value that its type does not allow.</summary>
    private const string InvalidValue = "PVAL124";

    private static readonly string[] EmptyOf = ["item", "answer", "entry", "extension", "contained"];

    /// <summary>More than the length of the longest element name with an index.</summary>
    private const int LongestName = 64;

    /// <summary>The size of an OperationOutcome issue in XML, without its location and its detail.</summary>
    private const int FrameOfIssue = 900;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_[]");

    /// <summary>A list for the errors of one request that reports each error once, however often the SDK and the readers find it.</summary>
    public static InputErrors NewErrors() => InputErrors.Distinct(nameof(Parameters), SdkReader.MostFlaws, FrameOfIssue);

    /// <summary>Reads a resource; null when it has any error.</summary>
    /// <typeparam name="T">The required type.</typeparam>
    /// <param name="body">The body's bytes.</param>
    /// <param name="format">Their format.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="protocol">The protocol whose form the body has, for the details of errors; null when unknown.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static T? Read<T>(
        ReadOnlySpan<byte> body, FhirFormat format, InputErrors errors, Protocol? protocol, CancellationToken cancellation)
        where T : Resource, new()
    {
        var root = new T().TypeName;
        if (!IsWithinLimits(body, format, root, errors, BodyLimits.MostStrictValues) || (format == FhirFormat.Json && !IsReadable(body, root, errors)))
        {
            return null;
        }

        var resource = SdkReader.ReadStrictly(body, format, cancellation, out var flaws);
        if (resource is not (null or T))
        {
            errors.Add(root, ErrorCode.WrongType, FhirAccepted.Resource(root), NotOneResource);
            return null;
        }

        var notable = flaws.Where(flaw => !(resource is T && SaysThatAllIsEmpty(flaw)) && !SaysThatNothingIsAnswered(flaw) && !SaysThatAnAnswerIsBlank(flaw, resource));
        foreach (var flaw in notable.OrderBy(SaysThatSomethingIsEmpty))
        {
            Note(flaw, resource, root, protocol, errors);
        }

        if (resource is T whole && !errors.Any)
        {
            return whole;
        }

        if (!errors.Any)
        {
            errors.Add(root, ErrorCode.WrongType, FhirAccepted.Resource(root), NotOneResource);
        }

        return null;
    }

    /// <summary>Checks a body before it is parsed; false, with the error reported, when it exceeds the limits.</summary>
    internal static bool IsWithinLimits(ReadOnlySpan<byte> body, FhirFormat format, string root, InputErrors errors, int mostValues = BodyLimits.MostValues)
    {
        var shape = BodyLimits.Of(body, format, mostValues);
        if (shape == BodyShape.TooComplex)
        {
            errors.Add(root, ErrorCode.TooComplex, BodyLimits.Accepted(mostValues));
        }
        else if (shape == BodyShape.Malformed && format == FhirFormat.Json)
        {
            JsonFault.Report(body, BodyLimits.Deepest, root, errors, told: NotOneResource);
        }
        else if (shape == BodyShape.Malformed)
        {
            errors.Add(
                root, ErrorCode.InvalidJson, JsonFault.Empty(body) ?? Parsing.XmlFault(body) ?? FhirAccepted.Resource(root),
                NotOneResource);
        }
        else if (format == FhirFormat.Xml && Parsing.Try(body, IsOfOtherNamespace, out var isOther) && isOther)
        {
            errors.Add(root, ErrorCode.WrongType, FhirAccepted.Namespace(root), NotOneResource);
            return false;
        }

        return shape == BodyShape.Fine;
    }

    private static bool IsOfOtherNamespace(ReadOnlySpan<byte> xml)
    {
        using var reader = SdkReader.OpenXml(xml);
        return reader.MoveToContent() == XmlNodeType.Element && reader.NamespaceURI != SdkReader.Namespace;
    }

    /// <summary>Reports repeated members.</summary>
    internal static void ReadRepeated(ReadOnlySpan<byte> body, string root, InputErrors errors)
    {
        var places = Parsing.Try(body, bytes => UnreadablePaths.In(Parse(bytes), root, duplicates: true), out var found) ? found : [];
        Note(places, default, errors);
        if (!errors.Any)
        {
            errors.Add(root, ErrorCode.InvalidJson, FhirAccepted.Resource(root), NotOneResource);
        }
    }

    /// <summary>Reports what the SDK would fail on; false when there is anything.</summary>
    private static bool IsReadable(ReadOnlySpan<byte> body, string root, InputErrors errors)
    {
        if (!Parsing.Try(body, Parse, out var json) || json.ValueKind != JsonValueKind.Object
            || !Parsing.Try(() => UnreadablePaths.In(json, root), out var places))
        {
            errors.Add(root, ErrorCode.InvalidJson, FhirAccepted.Resource(root), NotOneResource);
            return false;
        }

        Note(places, json, errors);
        return places.Count == 0;
    }

    private static void Note(IReadOnlyList<(string Place, ErrorCode Code)> places, JsonElement body, InputErrors errors)
    {
        foreach (var (place, code) in places)
        {
            errors.Add(
                Known(place),
                code,
                code == ErrorCode.RepeatedMember ? null : AcceptedIn(body, place),
                code == ErrorCode.WrongType ? NotFhirValue : code == ErrorCode.UnknownMember ? NotFhirMember : null);
        }
    }

    /// <summary>What the resource of a parameter accepts.</summary>
    private static LocalizedText AcceptedIn(JsonElement body, string place)
    {
        if (!place.EndsWith(".resource", StringComparison.Ordinal))
        {
            return FhirAccepted.Anything;
        }

        return AcceptedAt.ResourceOf(
            place.Split('[', ']') is [$"{nameof(Parameters)}.parameter", var index, ".resource"]
            && body.GetProperty("parameter")[int.Parse(index, CultureInfo.InvariantCulture)].TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String ? name.GetString() : null);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = BodyLimits.Deepest });

    /// <summary>The reader of Parameters reports a missing parameter itself.</summary>
    private static bool SaysThatAllIsEmpty(CodedException issue) => SaysThatSomethingIsEmpty(issue) && (issue as ExtendedCodedException)?.InstancePath is "$this";

    /// <summary>
    /// FHIR has no empty arrays. Some programs send them, for a question without answers or a Bundle without entries, where they mean what
    /// their absence does.
    /// </summary>
    private static bool SaysThatNothingIsAnswered(CodedException issue) => issue.ErrorCode == EmptyArray
        && (issue as ExtendedCodedException)?.InstancePath is { } path
        && EmptyOf.Any(name => path.EndsWith($".{name}[0]", StringComparison.Ordinal));

    /// <summary>A field that was left empty: the reader of the answer decides what that means.</summary>
    private static bool SaysThatAnAnswerIsBlank(CodedException issue, Resource? resource) => issue.ErrorCode == InvalidValue
        && (issue as ExtendedCodedException)?.InstancePath is { } path
        && path.Split('.') is [.., var answer, "value"] && answer.StartsWith("answer[", StringComparison.Ordinal) && FhirElement.IsBlank(resource, path);

    /// <summary>Unreadable content appears empty to the SDK: report this only without another error.</summary>
    private static bool SaysThatSomethingIsEmpty(CodedException issue) => issue.ErrorCode is "PVAL129" or "JSON120";

    private static void Note(CodedException issue, Resource? resource, string root, Protocol? protocol, InputErrors errors)
    {
        var path = (issue as ExtendedCodedException)?.InstancePath;
        var at = path is null || !path.StartsWith(root, StringComparison.Ordinal) ? root : Known(path);
        var accepted = FhirElement.Accepted(resource, at, out var element);
        accepted = issue.ErrorCode is "XML101" or "XML112" ? FhirAccepted.Namespace(root)
            : resource is null && at == root ? FhirAccepted.Resource(root)
            : AcceptedAt.Of(resource, at, protocol) ?? accepted;
        switch (issue.ErrorCode)
        {
            // A missing element is reported at its parent.
            case "PVAL105" or "PVAL107":
                errors.Add(
                    at.Contains('.', StringComparison.Ordinal) ? at[..at.LastIndexOf('.')] : at,
                    ErrorCode.MissingMember,
                    accepted,
                    element is null ? null : Words.Text("fhir.elementNeeded").With("element", $"`{element}`"));
                break;
            case "JSON129" or "PVAL103":
                errors.Add(at, ErrorCode.RepeatedMember);
                break;
            case "JSON109" or "PVAL104":
                errors.Add(at, ErrorCode.NullValue, accepted);
                break;
            case "PVAL128" or "PVAL131" or "JSON133" or "XML109" or "XML101":
                errors.Add(at, ErrorCode.UnknownMember, accepted, NotFhirMember);
                break;
            case "PVAL129" or "JSON120" when errors.All.Any(error => error.Place == at):
                break;
            default:
                errors.Add(at, ErrorCode.WrongType, accepted, NotFhirValue);
                break;
        }
    }

    /// <summary>
    /// The path without unknown names: it is shown to people, and a name that is not a FHIR element may be any text. The containing element
    /// is reported instead.
    /// </summary>
    private static string Known(string path)
    {
        var begin = 0;
        while (begin < path.Length)
        {
            var dot = path.IndexOf('.', begin);
            var end = dot < 0 ? path.Length : dot;
            if (end == begin || end - begin > LongestName || path.AsSpan(begin, end - begin).ContainsAnyExcept(OfNames))
            {
                return path[..Math.Max(begin - 1, 0)];
            }

            begin = end + 1;
        }

        return path;
    }
}
