using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;
using IssueType = Hl7.Fhir.Model.OperationOutcome.IssueType;
using Severity = Hl7.Fhir.Model.OperationOutcome.IssueSeverity;

namespace Screening.Fhir.Service;

/// <summary>Errors as FHIR OperationOutcomes, without any value of the request.</summary>
public static class OperationOutcomes
{
    /// <summary>One issue for each error of a request.</summary>
    public static OperationOutcome Of(InputErrors errors, string traceId, Language language) => New(traceId, language, errors.All.Select(error => new Issue
    {
        Severity = Severity.Error,
        Code = TypeOf(error.Code),
        Details = Details(error.Code.Code, error.Meaning.In(language)),
        Diagnostics = error.Remedy.In(language),
        Expression = [error.Place],
    }));

    /// <summary>One issue with a request as a whole.</summary>
    /// <param name="code">The problem's code.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="explanation">What the problem is, and how to correct it.</param>
    /// <param name="traceId">The id that links it to the service's log.</param>
    /// <param name="language">The language of the texts.</param>
    public static OperationOutcome Of(string code, int status, Explanation explanation, string traceId, Language language) => New(traceId, language,
    [
        new Issue
        {
            Severity = status >= 500 ? Severity.Fatal : Severity.Error,
            Code = TypeOf(status),
            Details = Details(code, explanation.Meaning.In(language)),
            Diagnostics = explanation.Remedy.In(language),
        },
    ]);

    private static OperationOutcome New(string traceId, Language language, IEnumerable<Issue> issues)
    {
        var outcome = new OperationOutcome
        {
            Language = language.Tag,
            Extension = [new Extension(Canonicals.TraceId, new FhirString(traceId))],
            Issue = [.. issues],
        };
        outcome.Text = ResourceNarratives.Of(outcome, language);
        return outcome;
    }

    private static CodeableConcept Details(string code, string text) => new(Canonicals.Errors, code) { Text = text };

    private static IssueType TypeOf(ErrorCode code) =>
        code == ErrorCode.MissingMember ? IssueType.Required
        : code == ErrorCode.WrongType ? IssueType.Value
        : code.IsShape ? IssueType.Structure
        : code == ErrorCode.UnknownProtocol || code == ErrorCode.NoVersionInForce ? IssueType.NotFound
        : code == ErrorCode.UnknownCode || code == ErrorCode.UnknownQuestion || code == ErrorCode.UnknownTimeZone ? IssueType.CodeInvalid
        : code == ErrorCode.InvalidDate || code == ErrorCode.InvalidDateTime ? IssueType.Value
        : code == ErrorCode.TooLong || code == ErrorCode.TooMany ? IssueType.TooLong
        : IssueType.BusinessRule;

    private static IssueType TypeOf(int status) => status switch
    {
        401 => IssueType.Login,
        403 => IssueType.Forbidden,
        404 => IssueType.NotFound,
        405 or 406 or 415 => IssueType.NotSupported,
        408 => IssueType.Timeout,
        413 => IssueType.TooLong,
        429 => IssueType.Throttled,
        >= 500 => IssueType.Exception,
        _ => IssueType.Invalid,
    };
}
