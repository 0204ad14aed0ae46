using Hl7.Fhir.Model;
using Screening.Rules;
using Item = Hl7.Fhir.Model.Questionnaire.ItemComponent;
using ItemType = Hl7.Fhir.Model.Questionnaire.QuestionnaireItemType;
using Operator = Hl7.Fhir.Model.Questionnaire.QuestionnaireItemOperator;
using Question = Screening.Rules.Question;

namespace Screening.Fhir.Questionnaires;

/// <summary>The items of a protocol's questions. A question is one item, or two if FHIR has no single item for its answers.</summary>
internal sealed class QuestionnaireItems(Protocol protocol, QuestionnaireTexts texts)
{
    private const string Definitions = "http://hl7.org/fhir/StructureDefinition/";
    private const string ItemControl = Definitions + "questionnaire-itemControl";
    private const string ItemControls = "http://hl7.org/fhir/questionnaire-item-control";
    private const string Hidden = Definitions + "questionnaire-hidden";
    private const string OptionExclusive = Definitions + "questionnaire-optionExclusive";

    /// <summary>
    /// <see cref="PartialDate"/> but for the length of a month, which the reader checks. Anchored, since some forms look for a match anywhere.
    /// </summary>
    private const string PartialDateForm = "^(19|2[01])[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

    /// <summary>The items of one question, in the order in which they are asked.</summary>
    public IEnumerable<Item> Of(CompiledQuestion compiled)
    {
        var question = compiled.Document;
        return question.Match<IEnumerable<Item>>(
            choice =>
            [
                Asked(
                    question,
                    Choice(question.Id, question.Text, choice.Options, question.Id, IsRequired(question), EnableWhen(question))),
            ],
            codes => [Asked(question, Codes(codes, isAreas: compiled.Index == protocol.Areas.Index))],
            _ => [Asked(question, New(question.Id, question.Text, ItemType.Date, IsRequired(question), EnableWhen(question)))],
            _ => Dated(question.Id, question.Text, () => EnableWhen(question)),
            Events);
    }

    /// <summary>
    /// The linkIds of the answers that were filled in from a record, which no one sees, and, where there are any, whether the patient
    /// confirms them. They say the same as an extension of each answer, and many forms lose extensions.
    /// </summary>
    public IEnumerable<Item> FromRecord()
    {
        var list = New(LinkIds.FromRecord, FormTexts.FromRecord, ItemType.String, required: false, []);
        list.Extension = [new Extension(Hidden, new FhirBoolean(true))];
        list.Repeats = true;
        list.ReadOnly = true;

        // Not by the operator "exists": the invariant of its answer (que-7) is false for every boolean by the letter of R4's expression.
        var any = new Questionnaire.EnableWhenComponent { Question = list.LinkId, Operator = Operator.Equal, Answer = new FhirString(LinkIds.Confirmed) };
        return [list, New(LinkIds.Confirmed, FormTexts.FromRecordConfirmed, ItemType.Boolean, required: true, [any])];
    }

    private static bool IsRequired(Question question) =>
        !question.Optional && (question.NeededWhen is null || question.AskedWhen is null || Same(question.NeededWhen, question.AskedWhen));

    private static bool Same(AnswerIs one, AnswerIs other) => one.Question == other.Question && one.AnyOf.ToHashSet(StringComparer.Ordinal).SetEquals(other.AnyOf);

    private List<Questionnaire.EnableWhenComponent> EnableWhen(Question question) =>
        (question.AskedWhen ?? question.NeededWhen) is not { } when ? []
        : [.. when.AnyOf.Select(code => Enable(when.Question, Canonicals.Codes(protocol.Id, when.Question), code))];

    private static Questionnaire.EnableWhenComponent Enable(string linkId, string system, string code) =>
        new() { Question = linkId, Operator = Operator.Equal, Answer = new Coding(system, code) };

    private Item Choice(string linkId, LocalizedText text, IReadOnlyList<Option> options, string system, bool required, List<Questionnaire.EnableWhenComponent> enableWhen)
    {
        var item = New(linkId, text, ItemType.Choice, required, enableWhen);
        item.Extension.Add(Control("radio-button"));
        item.AnswerOption = [.. options.Select(option => new Questionnaire.AnswerOptionComponent { Value = texts.Option(system, option) })];
        return item;
    }

    /// <summary>A list of codes. No selection means unanswered, so "none" is an option of its own; treated areas are never none.</summary>
    private Item Codes(CodesQuestion question, bool isAreas)
    {
        var item = Choice(question.Id, question.Text, question.Options, question.Id, IsRequired(question), EnableWhen(question));
        item.Extension = [Control("check-box")];
        item.Repeats = true;
        if (!isAreas)
        {
            item.AnswerOption.Add(new Questionnaire.AnswerOptionComponent
            {
                Extension = [new Extension(OptionExclusive, new FhirBoolean(true))],
                Value = texts.General(GeneralAnswer.None, FormTexts.NoneOfThese),
            });
        }

        return item;
    }

    /// <summary>
    /// A partial date is a text: a FHIR date may be partial, but the date boxes of many forms take only whole ones. A second item says that
    /// the patient does not know it, and either of the two is sufficient.
    /// </summary>
    private IEnumerable<Item> Dated(string linkId, LocalizedText text, Func<List<Questionnaire.EnableWhenComponent>> enableWhen) =>
    [
        Asked(linkId, text, PartialDateText(linkId, text, enableWhen())),
        New(LinkIds.Unknown(linkId), FormTexts.NotKnownWhen, ItemType.Boolean, required: false, enableWhen()),
    ];

    private Item PartialDateText(string linkId, LocalizedText text, List<Questionnaire.EnableWhenComponent> enableWhen)
    {
        var withExamples = FormTexts.PartialDate.With("question", text).With("examples", FormTexts.PartialDates);
        var item = New(linkId, withExamples, ItemType.String, required: false, enableWhen);
        item.MaxLength = 10;
        item.Extension =
        [
            new Extension(Definitions + "regex", new FhirString(PartialDateForm)),
            new Extension(Definitions + "entryFormat", texts.Text(FormTexts.PartialDates)),
        ];
        return item;
    }

    /// <summary>Whether there are events, and a group for each.</summary>
    private IEnumerable<Item> Events(EventsQuestion question)
    {
        var any = Asked(
            question, New(LinkIds.Any(question.Id), question.Text, ItemType.Choice, IsRequired(question), EnableWhen(question)));
        any.Extension.Add(Control("radio-button"));
        any.AnswerOption =
        [
            .. new[] { (GeneralAnswer.Yes, FormTexts.Yes), (GeneralAnswer.No, FormTexts.No), (GeneralAnswer.Unknown, FormTexts.NotSure) }
                .Select(answer => new Questionnaire.AnswerOptionComponent { Value = texts.General(answer.Item1, answer.Item2) }),
        ];

        var asked = Enable(LinkIds.Any(question.Id), Canonicals.GeneralAnswers, GeneralAnswer.Yes);
        var group = New(question.Id, FormTexts.OneOccasion, ItemType.Group, required: false, [asked]);
        group.Repeats = true;
        var kind = question.Kind;
        var kindId = LinkIds.Member(question.Id, kind.Id);
        group.Item =
        [
            Asked(kindId, kind.Text, Choice(kindId, kind.Text, kind.Options, kindId, required: true, [])),
            .. Dated(LinkIds.Member(question.Id, question.Date.Id), question.Date.Text, () => []),
        ];
        return [any, group];
    }

    private Item Asked(Question question, Item item) => Asked(question.Id, question.Text, item);

    /// <summary>Adds the code of the question that an item asks.</summary>
    private Item Asked(string id, LocalizedText text, Item item)
    {
        item.Code = [texts.Question(id, text)];
        return item;
    }

    private Item New(string linkId, LocalizedText text, ItemType type, bool required, List<Questionnaire.EnableWhenComponent> enableWhen) => new()
    {
        LinkId = linkId,
        TextElement = texts.Text(text),
        Type = type,
        EnableWhen = enableWhen,
        EnableBehavior = enableWhen.Count > 1 ? Questionnaire.EnableWhenBehavior.Any : null,
        Required = type is not ItemType.Group && required ? true : null,
    };

    private static Extension Control(string code) => new(ItemControl, new CodeableConcept(ItemControls, code));
}
