using System.Globalization;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The detail of a card, in Markdown: why, from which date, on what it rests, what to ask, and what was not seen.</summary>
internal sealed class CardDetail
{
    /// <summary>The most that is told of one kind about one thing; of the rest it is told how many there are. Nobody reads more, and a call could ask for any size.</summary>
    private const int Most = 10;

    private readonly HookScreenings screenings;
    private readonly ScreenedAppointment screened;
    private readonly Language language;
    private readonly Markdown text = new();
    private readonly CardNotes notes;

    private CardDetail(HookScreenings screenings, ScreenedAppointment screened, Language language)
    {
        this.screenings = screenings;
        this.screened = screened;
        this.language = language;
        notes = new CardNotes(screenings, screened, language, Markdown.Text, Markdown.Code);
    }

    /// <summary>The detail of the card on one appointment.</summary>
    public static string Of(HookScreenings screenings, ScreenedAppointment screened, Language language)
    {
        var detail = new CardDetail(screenings, screened, language);
        if (screened.Decision is { } decision)
        {
            detail.Decided(decision);
        }
        else
        {
            detail.NotScreened();
        }

        detail.Answers();
        detail.NotSeen();
        return detail.text.ToString();
    }

    private void Decided(Decision decision)
    {
        var basis = DecisionGrounds.Of(decision).Basis;
        text.Heading(T(RecordTexts.Headline(decision.Eligibility, basis).Clinician));
        text.Paragraph(Fill(RecordTexts.Lead(decision.Eligibility, basis).Clinician, ("date", DateWords.Of(decision.NotBefore, language))));
        Appointment();
        Findings(PageTexts.Binding, decision, rule => !IsRequirement(decision, rule) && decision.IsBinding(rule));
        Missing(decision);
        Findings(decision.Bookable ? PageTexts.Requirements : decision.Eligibility == Eligibility.Ineligible ? PageTexts.RequirementsMoot : PageTexts.RequirementsBesides, decision, rule => IsRequirement(decision, rule));
        Findings(PageTexts.Besides, decision, rule => !IsRequirement(decision, rule) && !decision.IsBinding(rule));
        Dates(decision);
    }

    private static bool IsRequirement(Decision decision, int rule) => decision.Findings[rule] is { Outcome: Outcome.Triggered, Effect: Effect.Require };

    private void NotScreened()
    {
        text.Heading(T(CardTexts.CouldNotScreenLead));
        if (screened.Proposed is not { } proposed)
        {
            text.Paragraph(Fill(CardTexts.NoAppointment));
        }
        else if (proposed.Flaw is { } flaw)
        {
            text.Paragraph(Fill(CardTexts.Flaw(flaw)));
        }

        Appointment();
        if (screened.Errors.Any(error => error.Error.Code == ErrorCode.DateBeforeAsOf))
        {
            text.Paragraph(Fill(CardTexts.StartInThePast));
        }

        var ofAnswers = screened.Errors.Where(error => error.Error.Code != ErrorCode.DateBeforeAsOf).ToList();
        if (ofAnswers.Count > 0)
        {
            text.Paragraph(Fill(CardTexts.AnswersUnusable));
            foreach (var alike in ofAnswers.GroupBy(error => (error.Asked, error.Error.Code)))
            {
                Items(alike.Select(error => Error(error.Error, error.Asked)), level: 1);
            }
        }
    }

    private string Error(InputError error, CompiledQuestion? asked)
    {
        var at = CardTexts.ErrorAt.In(language).With("code", Markdown.Code(error.Code.Code)).With("where", Markdown.Code(error.Place));
        return asked is null ? at : $"{Fill(asked.Document.Text)} ({at})";
    }

    /// <summary>The first entries of a list, and how many more there are.</summary>
    private void Items(IEnumerable<string> items, int level)
    {
        List<string> all = [.. items];
        all.Take(Most).ToList().ForEach(item => text.Item(item, level));
        if (all.Count > Most)
        {
            text.Item(AndMore(all.Count - Most), level);
        }
    }

    private string AndMore(int count) => Fill(CardTexts.AndMore, ("n", Number(count)));

    /// <summary>Which appointment it is about, as the request has it.</summary>
    private void Appointment()
    {
        if (screened.Place == 0 || screened.Proposed is not { } proposed)
        {
            if (screenings.Service.Hook == Hook.PatientView)
            {
                text.Paragraph(Fill(CardTexts.TodayQuestion));
            }
        }
        else
        {
            string?[] parts = [notes.When, proposed.Reference is { } reference ? Markdown.Code(reference) : null];
            if (parts.Any(part => part is not null))
            {
                text.Paragraph($"{Fill(CardTexts.Appointment)}: {string.Join(", ", parts.OfType<string>())}");
            }
        }

        notes.Caveats.ToList().ForEach(text.Paragraph);
    }

    private void Findings(LocalizedText heading, Decision decision, Func<int, bool> group)
    {
        var rules = decision.Reasons.Select(rule => (int)rule).Where(group).ToList();
        if (rules.Count == 0)
        {
            return;
        }

        text.Heading(T(heading));
        foreach (var rule in rules)
        {
            Finding(decision, rule);
        }
    }

    private void Finding(Decision decision, int index)
    {
        var rule = decision.Intake.Protocol.Rules[index];
        var finding = decision.Findings[index];
        var source = Fill(PageTexts.Source, ("document", decision.Intake.Protocol.Document.Source.Document), ("line", Number(rule.Document.Line)));
        text.Item(Fill(rule.Message(finding).Clinician));
        foreach (var (words, date) in RequirementWords.Told(decision).Where(requirement => requirement.Rule == index).SelectMany(RequirementWords.Full))
        {
            text.Item(Fill(words, ("date", DateWords.Of(date, language))), level: 2);
        }

        Evidence(decision, rule);
        text.Item($"{Fill(PageTexts.Kind(finding.Effect))}: {Fill(PageTexts.Outcome(finding.Outcome))} ({Markdown.Code(rule.Id)}). {source}", level: 2);
    }

    /// <summary>What the person answered, and what the record says: each under its own name.</summary>
    private void Evidence(Decision decision, CompiledRule rule)
    {
        var record = notes.OfRecord(decision, rule, Most);
        List<string> ofRecord = [.. new RecordLines(decision.Intake.Protocol, language, Markdown.Text, Markdown.Code).ForStaff(record)];
        foreach (var question in rule.Evidence)
        {
            ref readonly var answer = ref decision.Intake.Said[question.Index];
            List<string> shown = question.Id == rule.Document.Condition.Question ? ofRecord : [];
            if (answer.Given)
            {
                var words = string.Join(", ", Said(decision, question, AnswerWords.Of(question, answer, language)));
                text.Item($"{Fill(question.Document.Text)} {Fill(RecordTexts.Answered.Clinician, ("answer", words))}", level: 2);
            }
            else if (shown.Count > 0)
            {
                text.Item($"{Fill(question.Document.Text)} {Fill(RecordTexts.NotAnswered.Clinician)}", level: 2);
            }

            shown.ForEach(line => text.Item(line, level: 2));
        }
    }

    /// <summary>What was said; of many events those that block the date first.</summary>
    private IEnumerable<string> Said(Decision decision, CompiledQuestion question, IReadOnlyList<string> words)
    {
        if (words.Count <= Most)
        {
            return words;
        }

        var blocking = decision.WaitingPeriods.Where(wait => wait.Question == question.Index && wait.Contains(decision.Date)).Select(wait => (int)wait.Event).ToHashSet();
        return words.Index().OrderByDescending(one => blocking.Contains(one.Index)).Select(one => one.Item).Take(Most).Append(AndMore(words.Count - Most));
    }

    private void Missing(Decision decision)
    {
        if (decision.Missing.IsEmpty)
        {
            return;
        }

        text.Heading(T(decision.Eligibility == Eligibility.Incomplete ? PageTexts.Missing : PageTexts.MissingBesides));
        foreach (var question in decision.Missing)
        {
            text.Item(Fill(decision.Intake.Protocol.Questions[question].Document.Text));
        }
    }

    /// <summary>Every wait, and what they leave free.</summary>
    private void Dates(Decision decision)
    {
        if (decision.WaitingPeriods.IsEmpty)
        {
            return;
        }

        text.Heading(T(PageTexts.Dates));
        Items(CardDates.Waits(decision, language), level: 1);
        Items(CardDates.Windows(decision, language), level: 1);
    }

    private void Answers()
    {
        if (notes.Answers is { } answers)
        {
            text.Paragraph($"{Fill(PageTexts.Answers)}: {answers}");
        }

        if (notes.LookedAt is { } lookedAt)
        {
            text.Paragraph($"{Fill(RecordTexts.Record)}: {lookedAt}");
        }
    }

    private void NotSeen()
    {
        List<string> lines = [.. notes.NotSeen];
        if (lines.Count == 0)
        {
            return;
        }

        text.Heading(T(PageTexts.NotSeen));
        text.Paragraph(Fill(PageTexts.NotSeenLead));
        lines.ForEach(line => text.Item(line));
    }

    private string T(LocalizedText words) => words.In(language);

    private string Fill(LocalizedText words, params ReadOnlySpan<(string Name, string Value)> values) => Markdown.Fill(words, language, values);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
