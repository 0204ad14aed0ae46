using System.Text.Json;

namespace Screening.Rules;

/// <summary>
/// Checks a protocol of valid shape for consistency: every name in use exists, a rule checks every answer that could matter, and every rule
/// has its messages. The checks do not depend on the treatment.
/// </summary>
internal sealed partial class ProtocolChecks
{
    private const string NoSuchQuestion = "There is no question of this id.";

    private readonly ProtocolDocument document;
    private readonly List<(string Pointer, string Reason)> flaws = [];
    private readonly Dictionary<string, Question> questions = new(StringComparer.Ordinal);

    private ProtocolChecks(ProtocolDocument document) => this.document = document;

    /// <summary>Every inconsistency; empty when there is none.</summary>
    public static IReadOnlyList<(string Pointer, string Reason)> Check(ProtocolDocument document)
    {
        var checks = new ProtocolChecks(document);
        checks.CheckHead();
        checks.CheckQuestions();
        Each("/rules", document.Rules, checks.CheckRule);
        checks.Unique("/rules", document.Rules.Select(rule => rule.Id));
        checks.CheckCoverage();
        checks.CheckCare();
        checks.CheckOverrideReasons();
        checks.CheckCodes();
        return checks.flaws;
    }

    private void CheckHead()
    {
        Require(IsKebabCase(document.Id), "/id", "An id is kebab-case.");
        Require(IsVersion(document.Version), "/version", "A version is MAJOR.MINOR.PATCH.");
        Text("/title", document.Title);
        NotBlank("/source/document", document.Source.Document);
        CheckMessage("/cleared", document.Cleared);
        Require(document.Rules.Count is > 0 and <= 1000, "/rules", "A protocol has 1 to 1000 rules.");
        Require(document.Baseline.Date >= document.Baseline.AsOf, "/baseline/date", "The requested date is before the as-of date.");
        Require(document.Baseline.Answers.ValueKind == JsonValueKind.Object, "/baseline/answers", "Answers are an object.");
        Areas("/baseline/areas", document.Baseline.Areas);
    }

    private void CheckOverrideReasons()
    {
        var reasons = document.OverrideReasons ?? [];
        Require(document.OverrideReasons is not { Count: 0 }, "/overrideReasons", "Name at least one reason, or leave the list out.");
        Unique("/overrideReasons", reasons.Select(reason => reason.Code));
        Each("/overrideReasons", reasons, (at, reason) =>
        {
            Require(IsKebabCase(reason.Code), at + "/code", "A code is kebab-case.");
            Text(at + "/text", reason.Text);
        });
    }

    private void CheckQuestions()
    {
        Unique("/questions", document.Questions.Select(q => q.Id).Append(document.TreatmentAreas.Id));
        foreach (var question in document.Questions.Append(document.TreatmentAreas))
        {
            questions.TryAdd(question.Id, question);
        }

        // One bit for each question and for each code; the last bit of the codes is `unknown`.
        Require(questions.Count <= 63, "/questions", "A protocol asks at most 62 questions and the areas.");
        CheckQuestion("/treatmentAreas", document.TreatmentAreas);
        Require(document.TreatmentAreas.Options.All(o => o.Code != ReservedCode.Unknown), "/treatmentAreas/options", "The areas of a treatment are known.");
        Each("/questions", document.Questions, CheckQuestion);
    }

    private void CheckQuestion(string pointer, Question question)
    {
        Require(IsCamelCase(question.Id), pointer + "/id", "A question's id is camelCase.");
        Text(pointer + "/text", question.Text);
        Require(!(question.Optional && question.NeededWhen is not null), pointer + "/optional", "A question is optional or needed under a condition, not both.");
        Holds(pointer + "/askedWhen", question.AskedWhen);
        if (question.NeededWhen is { } needed && Holds(pointer + "/neededWhen", needed))
        {
            var other = questions[needed.Question];
            Require(!other.Optional && other.NeededWhen is null, pointer + "/neededWhen/question", "Whether an answer is needed may hang only on a question that is always needed.");
        }

        _ = question.Match(
            choice => Options(pointer + "/options", choice.Options),
            codes => Options(pointer + "/options", codes.Options),
            _ => true,
            _ => true,
            events => Events(pointer, events));
        Each(pointer + "/checks", question.Checks, (at, check) => CheckContradiction(at, question, check));
    }

    private void CheckContradiction(string pointer, Question question, Check check)
    {
        bool isDate = question is DateQuestion or PartialDateQuestion;
        _ = check.Match(
            contradicts => Holds(pointer + "/answer", contradicts.Answer),
            notAfter => Require(isDate, pointer, "Only a date can be after the as-of date.") & Holds(pointer + "/when", notAfter.When),
            notBefore => Require(isDate, pointer, "Only a date can be before the as-of date.") & Holds(pointer + "/when", notBefore.When),
            follows => Require(question is DateQuestion && Asked(follows.Question) is DateQuestion, pointer + "/question", "A full date follows another full date."));
    }

    private bool Events(string pointer, EventsQuestion events)
    {
        Require(IsCamelCase(events.Kind.Id), pointer + "/kind/id", "A member's id is camelCase.");
        Require(IsCamelCase(events.Date.Id) && events.Date.Id != events.Kind.Id, pointer + "/date/id", "A member's id is camelCase and stands once.");
        Require(events.Kind.Id is not ("question" or "index" or "date" or "assumedDate"), pointer + "/kind/id", "Decisions have a member of this name already.");
        Require(events.Kind.Id != "any" && events.Date.Id != "any", pointer, "The FHIR form has an item of this name already, which asks whether there are any.");
        Text(pointer + "/kind/text", events.Kind.Text);
        Text(pointer + "/date/text", events.Date.Text);
        return Options(pointer + "/kind/options", events.Kind.Options);
    }

    private bool Options(string pointer, IReadOnlyList<Option> options)
    {
        Require(options.Count is > 0 and <= 62, pointer, "A question offers 1 to 62 options.");
        Unique(pointer, options.Select(o => o.Code));
        Each(pointer, options, (at, option) =>
        {
            Require(IsKebabCase(option.Code), at + "/code", "A code is kebab-case.");
            Require(!(option.Harmless && option.Code == ReservedCode.Unknown), at + "/harmless", "Not to know is never harmless.");
            Text(at + "/label", option.Label);
        });
        return true;
    }

    private void Areas(string pointer, IReadOnlyList<string>? areas)
    {
        var known = document.TreatmentAreas.Options.Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        Require(areas is null || (areas.Count > 0 && areas.All(known.Contains) && areas.Distinct(StringComparer.Ordinal).Count() == areas.Count), pointer, "Areas are of the protocol's, at least one, each once.");
    }

    /// <summary>Checks a condition on an answer: the question exists, and offers the codes.</summary>
    private bool Holds(string pointer, AnswerIs? condition)
    {
        if (condition is null)
        {
            return true;
        }

        var before = flaws.Count;
        Codes(pointer, condition.Question, condition.AnyOf);
        return flaws.Count == before;
    }

    private void Codes(string pointer, string question, IReadOnlyList<string> codes)
    {
        if (Asked(question) is not { } asked)
        {
            flaws.Add((pointer + "/question", NoSuchQuestion));
            return;
        }

        Require(codes.Count > 0, pointer + "/anyOf", "Name at least one code.");
        Unique(pointer + "/anyOf", codes);
        Each(pointer + "/anyOf", codes, (at, code) => Require(
            code != ReservedCode.Unknown && asked.Codes.Any(o => o.Code == code),
            at,
            "The question offers no such code, or it is `unknown`."));
    }

    /// <summary>Checks an element with a line of the source: its id, the line and, if present, its text.</summary>
    private void Cited(string pointer, string kind, string id, int line, LocalizedText? text = null)
    {
        Require(IsKebabCase(id), pointer + "/id", $"A {kind}'s id is kebab-case.");
        Require(line > 0, pointer + "/line", "Lines are counted from 1.");
        if (text is not null)
        {
            Text(pointer + "/text", text);
        }
    }

    private Question? Asked(string id) => questions.GetValueOrDefault(id);

    private void CheckMessage(string pointer, Message? message)
    {
        if (message is not null)
        {
            Text(pointer + "/clinician", message.Clinician);
            Text(pointer + "/patient", message.Patient);
        }
    }

    private void Text(string pointer, LocalizedText text)
    {
        NotBlank(pointer + "/en", text.En);
        NotBlank(pointer + "/es", text.Es);
    }

    private void NotBlank(string pointer, string text) => Require(!string.IsNullOrWhiteSpace(text), pointer, "The text is blank.");

    private void Unique(string pointer, IEnumerable<string> names)
    {
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            flaws.Add((pointer, $"'{twice.Key}' appears more than once."));
        }
    }

    /// <summary>Checks each element of an optional list, at its own pointer.</summary>
    private static void Each<T>(string pointer, IReadOnlyList<T>? elements, Action<string, T> check)
    {
        for (var i = 0; i < elements?.Count; i++)
        {
            check(Pointer.To(pointer, i), elements[i]);
        }
    }

    private bool Require(bool holds, string pointer, string reason)
    {
        if (!holds)
        {
            flaws.Add((pointer, reason));
        }

        return holds;
    }

    private static bool IsKebabCase(string name) =>
        name.Split('-').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    private static bool IsCamelCase(string name) => name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    private static bool IsVersion(string version) =>
        version.All(c => c == '.' || char.IsAsciiDigit(c)) && Version.TryParse(version, out var parsed) && parsed.Build >= 0 && parsed.ToString() == version && parsed.Revision < 0;
}
