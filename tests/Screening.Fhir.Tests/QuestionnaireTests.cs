using System.Text;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Screening.Fhir.Questionnaires;
using Screening.Rules;
using Item = Hl7.Fhir.Model.Questionnaire.ItemComponent;
using ItemType = Hl7.Fhir.Model.Questionnaire.QuestionnaireItemType;

namespace Screening.Fhir.Tests;

/// <summary>The form is the protocol's, question by question.</summary>
public static class QuestionnaireTests
{
    private static readonly Protocol Protocol = ShippedProtocol.Load();
    private static readonly Questionnaire English = QuestionnaireBuilder.Build(Protocol, Language.English);
    private static readonly Dictionary<string, Item> Items = Flat(English.Item).ToDictionary(item => item.LinkId!, StringComparer.Ordinal);

    [Fact]
    public static void It_reads_strictly_in_both_forms_and_languages()
    {
        foreach (var language in Language.All)
        {
            var form = QuestionnaireBuilder.Build(Protocol, language);
            var json = FhirFormat.Json.Write(form);
            Assert.Equal(json, FhirFormat.Json.Write(new FhirJsonDeserializer().DeserializeResource(System.Text.Encoding.UTF8.GetString(json))));
            Assert.Equal(json, FhirFormat.Json.Write(new FhirXmlDeserializer().DeserializeResource(System.Text.Encoding.UTF8.GetString(FhirFormat.Xml.Write(form)))));
        }
    }

    [Fact]
    public static void Every_question_is_an_item_of_its_id_in_its_order()
    {
        var ids = Protocol.Questions.Select(question => question.Id).ToList();
        Assert.Equal(ids, English.Item.Select(item => item.LinkId).Where(linkId => ids.Contains(linkId!)));
        Assert.Equal(Items.Count, Flat(English.Item).Select(item => item.LinkId).Distinct().Count());
    }

    [Fact]
    public static void Every_item_that_stands_for_a_question_has_its_code_once()
    {
        var coded = Items.Values.Where(item => item.Code.Count > 0).Select(item => (item.LinkId, Assert.Single(item.Code).Code)).ToList();
        var asked = Protocol.Questions.Select(question => (LinkIds.First(question), question.Id));
        Assert.Empty(asked.Except(coded!));
        Assert.Equal(coded.Count, coded.Select(one => one.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Items.Values.Where(item => item.Code.Count == 0), item => Assert.True(item.Type is ItemType.Group or ItemType.Boolean || item.LinkId == LinkIds.FromRecord));
        Assert.All(Items.Values.SelectMany(item => item.Code), code => Assert.Equal(Canonicals.Questions(Protocol.Id), code.System));
    }

    [Fact]
    public static void Options_are_the_codes_of_the_question()
    {
        foreach (var question in Protocol.Questions.Where(question => question.Codes.Count > 0))
        {
            var codings = Items[question.Id].AnswerOption.Select(option => (Coding)option.Value!).Where(coding => coding.System != Canonicals.GeneralAnswers).ToList();
            Assert.Equal(question.Codes.Select(option => (option.Code, option.Label.En)), codings.Select(coding => (coding.Code!, coding.Display!)));
            Assert.All(codings, coding => Assert.Equal(Canonicals.Codes(Protocol.Id, question.Id), coding.System));
            Assert.Equal((ItemType.Choice, question.Kind == AnswerKind.Codes), (Items[question.Id].Type, Items[question.Id].Repeats ?? false));
        }
    }

    [Fact]
    public static void A_list_has_an_option_for_none_but_the_treated_areas()
    {
        foreach (var question in Protocol.Questions.Where(question => question.Kind == AnswerKind.Codes))
        {
            Assert.Equal(
                question.Index != Protocol.Areas.Index,
                Items[question.Id].AnswerOption.Exists(option => option.Value is Coding { System: Canonicals.GeneralAnswers, Code: GeneralAnswer.None } && option.GetBoolExtension("http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive") == true));
        }
    }

    [Fact]
    public static void What_is_asked_only_sometimes_is_enabled_by_codings_that_are_offered()
    {
        foreach (var question in Protocol.Questions.Select(question => question.Document).Where(question => question.AskedWhen is not null || question.NeededWhen is not null))
        {
            var when = question.AskedWhen ?? question.NeededWhen!;
            var enabled = Items[question.Id].EnableWhen;
            Assert.Equal(when.AnyOf, enabled.Select(one => ((Coding)one.Answer!).Code!));
            Assert.All(enabled, one => Assert.Contains(Items[one.Question!].AnswerOption, option => option.Value!.IsExactly(new Coding(((Coding)one.Answer!).System, ((Coding)one.Answer!).Code) { DisplayElement = ((Coding)option.Value!).DisplayElement })));
            Assert.Equal(enabled.Count > 1, Items[question.Id].EnableBehavior == Questionnaire.EnableWhenBehavior.Any);
        }
    }

    [Fact]
    public static void What_is_always_needed_is_required_unless_another_item_can_say_that_it_is_not_known()
    {
        foreach (var question in Protocol.Questions)
        {
            var item = Items[LinkIds.First(question)];
            var always = !question.Document.Optional && question.Document.NeededWhen is null;
            Assert.Equal(always || question.Index == Protocol.Areas.Index, item.Required ?? false);
        }
    }

    [Fact]
    public static void A_partial_date_is_a_text_beside_which_one_can_say_that_it_is_not_known()
    {
        foreach (var question in Protocol.Questions.Where(question => question.Kind is AnswerKind.PartialDate or AnswerKind.Date))
        {
            var isPartial = question.Kind == AnswerKind.PartialDate;
            Assert.Equal(isPartial ? ItemType.String : ItemType.Date, Items[question.Id].Type);
            Assert.Equal(isPartial, Items.TryGetValue(LinkIds.Unknown(question.Id), out var unknown) && unknown.Type == ItemType.Boolean);
        }
    }

    [Fact]
    public static void A_form_takes_as_a_partial_date_what_the_rules_take_but_for_the_length_of_a_month()
    {
        var form = Form(PartialDates[0]);
        var texts = from year in new[] { "", "199", "1899", "1900", "2026", "2199", "2200", "20267", "year" }
                    from month in new[] { "", "-", "-0", "-00", "-01", "-02", "-09", "-10", "-12", "-13", "-1", "/02", "-2x" }
                    from day in new[] { "", "-", "-00", "-01", "-28", "-29", "-30", "-31", "-32", "-1", "-001", "/01", " " }
                    select year + month + day;
        foreach (var text in texts)
        {
            var isDate = PartialDate.TryParse(Encoding.UTF8.GetBytes(text), out _);
            Assert.True(form.IsMatch(text) == isDate || (!isDate && text is [.., '-', _, _, '-', '2' or '3', '9' or '0' or '1']), text);
        }
    }

    [Fact]
    public static void The_examples_beside_a_partial_date_are_each_taken()
    {
        foreach (var language in Language.All)
        {
            foreach (var item in Flat(QuestionnaireBuilder.Build(Protocol, language).Item).Where(item => item.Type == ItemType.String && item.LinkId != LinkIds.FromRecord))
            {
                var examples = Extension(item, "entryFormat");
                Assert.EndsWith($": {examples}.", item.Text, StringComparison.Ordinal);
                var dates = examples.Split([',', ' ']).Where(word => word.Length >= 4).ToList();
                Assert.Equal([4, 7, 10], dates.Select(date => date.Length));
                Assert.All(dates, date => Assert.Matches(Form(item), date));
                Assert.Equal(10, item.MaxLength);
            }
        }

        Assert.Equal(3, PartialDates.Count);
    }

    [Fact]
    public static void Events_are_groups_behind_the_question_whether_there_are_any()
    {
        var question = Protocol.Questions.Single(one => one.Events is not null);
        var group = Items[question.Id];
        Assert.Equal((ItemType.Group, true), (group.Type, group.Repeats));
        var gate = Assert.Single(group.EnableWhen);
        Assert.Equal((LinkIds.Any(question.Id), GeneralAnswer.Yes), (gate.Question, ((Coding)gate.Answer!).Code));
        Assert.Equal(question.Document.Text.En, Items[LinkIds.Any(question.Id)].Text);
        Assert.Equal(question.Events!.Kind.Options.Select(option => option.Code), group.Item[0].AnswerOption.Select(option => ((Coding)option.Value!).Code));
        Assert.Equal([ItemType.Choice, ItemType.String, ItemType.Boolean], group.Item.Select(item => item.Type));
    }

    [Fact]
    public static void What_was_filled_in_is_listed_out_of_sight_and_confirmed_where_there_is_any()
    {
        var list = Items[LinkIds.FromRecord];
        Assert.Equal((ItemType.String, true, true), (list.Type, list.Repeats, list.ReadOnly));
        Assert.True(list.GetBoolExtension("http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"));
        var confirmed = Items[LinkIds.Confirmed];
        var gate = Assert.Single(confirmed.EnableWhen);
        Assert.Equal((LinkIds.FromRecord, Questionnaire.QuestionnaireItemOperator.Equal, LinkIds.Confirmed), (gate.Question, gate.Operator, ((FhirString)gate.Answer!).Value));
        Assert.Equal((ItemType.Boolean, true), (confirmed.Type, confirmed.Required));
        Assert.DoesNotContain(list.Text!, English.Text!.Div, StringComparison.Ordinal);
        Assert.DoesNotContain(Protocol.Questions, question => question.Id.Contains('-', StringComparison.Ordinal));
    }

    [Fact]
    public static void Each_text_has_its_translation_and_each_option_is_its_coding_alone()
    {
        var spanish = Flat(QuestionnaireBuilder.Build(Protocol, Language.Find("es")!).Item).ToDictionary(item => item.LinkId!, StringComparer.Ordinal);
        foreach (var (linkId, item) in Items)
        {
            Assert.Equal(spanish[linkId].Text, Translation(item.TextElement!, "es"));
            Assert.Equal(item.Text, Translation(spanish[linkId].TextElement!, "en"));

            // Forms that compare an answer with an option as a whole show no other as chosen.
            foreach (var coding in item.AnswerOption.Concat(spanish[linkId].AnswerOption).Select(option => (Coding)option.Value!))
            {
                Assert.True(coding.IsExactly(new Coding(coding.System, coding.Code, coding.Display)), coding.Code);
            }
        }
    }

    private static List<Item> PartialDates => [.. Items.Values.Where(item => item.Type == ItemType.String && item.LinkId != LinkIds.FromRecord)];

    private static Regex Form(Item item) => new(Extension(item, "regex"), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static string Extension(Item item, string name) =>
        item.GetExtensionValue<FhirString>("http://hl7.org/fhir/StructureDefinition/" + name)!.Value!;

    private static string Translation(Element text, string language)
    {
        var translation = Assert.Single(text.GetExtensions("http://hl7.org/fhir/StructureDefinition/translation"));
        Assert.Equal(language, translation.GetExtensionValue<Code>("lang")!.Value);
        return translation.GetExtensionValue<FhirString>("content")!.Value!;
    }

    private static IEnumerable<Item> Flat(IEnumerable<Item> items) => items.SelectMany(item => Flat(item.Item).Prepend(item));
}
