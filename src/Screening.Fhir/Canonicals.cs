namespace Screening.Fhir;

/// <summary>
/// The canonical names of what this service publishes in FHIR. They are names rather than addresses, the same on every host, so that a
/// response filled in for one installation means the same in another.
/// </summary>
public static class Canonicals
{
    private const string Root = "urn:screening-api";

    /// <summary>The answers that this service adds to a protocol's own: none of a list, yes, no, unknown.</summary>
    public const string GeneralAnswers = Root + ":codes";

    /// <summary>The error codes, as <c>GET /problems/{code}</c> explains them.</summary>
    public const string Errors = Root + ":errors";

    /// <summary>The result in a DetectedIssue: outcome, effect, whether it is binding, persistence, source.</summary>
    public const string Finding = Root + ":finding";

    /// <summary>Phase, kind and source of a step of a care plan.</summary>
    public const string CareStep = Root + ":care-step";

    /// <summary>The id that links an outcome to the service's log.</summary>
    public const string TraceId = Root + ":trace-id";

    /// <summary>
    /// Why a part of a record contains less than it seems to: <c>dangling</c>, <c>not-in-full</c>, <c>in-part</c>, <c>unnamed</c>,
    /// <c>not-sent</c>; or a server's <c>remark</c>.
    /// </summary>
    public const string RecordGaps = Root + ":record-gaps";

    /// <summary>What was done with what a record says about a question: <c>filled-in</c> or <c>left-open</c>.</summary>
    public const string Populated = Root + ":populated";

    /// <summary>
    /// The extension of an answer for where it comes from, of Da Vinci's Documentation Templates and Rules
    /// (http://hl7.org/fhir/us/davinci-dtr/StructureDefinition-information-origin.html).
    /// </summary>
    public const string InformationOrigin = "http://hl7.org/fhir/us/davinci-dtr/StructureDefinition/information-origin";

    /// <summary>Why answers may be out of date: <c>old</c>, <c>undated</c>.</summary>
    public const string AnswersAge = Root + ":answers-age";

    /// <summary>The digest of a protocol's file.</summary>
    public const string Digest = Root + ":protocol-digest";

    /// <summary>The definition of the operation <c>$screen</c>, where the address of the definition is not known.</summary>
    public const string Screen = Root + ":operation:screen";

    /// <summary>The definition of the operation <c>$populate</c> of this service, where the address of the definition is not known.</summary>
    public const string Populate = Root + ":operation:populate";

    /// <summary>The operation <c>$populate</c> as Structured Data Capture defines it.</summary>
    public const string StandardPopulate = "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate";

    /// <summary>The canonical URL of a protocol's Questionnaire, without a version.</summary>
    public static string Questionnaire(string protocol) => $"{Root}:questionnaire:{protocol}";

    /// <summary>The rules of a protocol.</summary>
    public static string Rules(string protocol) => $"{Root}:rules:{protocol}";

    /// <summary>The steps of a protocol's care plans.</summary>
    public static string CareSteps(string protocol) => $"{Root}:care-steps:{protocol}";

    /// <summary>A line of the source document of a protocol version.</summary>
    public static string Source(string protocol, string version, int line) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Root}:source:{protocol}:{version}:{line}");

    /// <summary>
    /// The code system of a question's options. Each question has its own, since <c>current</c> as an answer about a medicine differs from
    /// <c>current</c> as an answer about an illness.
    /// </summary>
    public static string Codes(string protocol, string question) => $"{Root}:codes:{protocol}:{question}";

    /// <summary>The code system of a protocol's questions: their ids, and those of the members of events.</summary>
    public static string Questions(string protocol) => $"{Root}:questions:{protocol}";

    /// <summary>The code system of the protocols' ids.</summary>
    public const string Protocols = Root + ":protocols";

    /// <summary>The code system of a protocol's reasons to override.</summary>
    public static string OverrideReasons(string protocol) => $"{Root}:override-reasons:{protocol}";

    /// <summary>The extension of a card that holds its whole decision.</summary>
    public const string Decision = Root + ":decision";

    /// <summary>The extension of a card that holds the record entries of its decision.</summary>
    public const string Record = Root + ":record";

    /// <summary>The extension of a card that holds the receipt of its decision.</summary>
    public const string Receipt = Root + ":receipt";
}
