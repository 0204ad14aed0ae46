using System.Globalization;
using Screening.Api.Hosting;
using Screening.Api.Screenings.Page;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Reading;
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
    private readonly HashSet<(int Question, int Code)> named = [];

    private CardDetail(HookScreenings screenings, ScreenedAppointment screened, Language language)
    {
        this.screenings = screenings;
        this.screened = screened;
        this.language = language;
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
        text.Heading(T(PageTexts.Headline(decision.Eligibility).Clinician));
        text.Paragraph(Fill(PageTexts.Lead(decision.Eligibility).Clinician, ("date", DateWords.Of(decision.NotBefore, language))));
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

    private string Error(FhirError error, CompiledQuestion? asked)
    {
        var at = CardTexts.ErrorAt.In(language).Replace("{code}", Markdown.Code(error.Code.Code), StringComparison.Ordinal).Replace("{where}", Markdown.Code(error.Expression), StringComparison.Ordinal);
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
            var when = screened.Request?.Appointment.Start is { } start && !screened.ZoneAssumed
                ? $"{Markdown.Text(DateWords.Of(start, language))} ({Markdown.Code(start.Zone.Id)})"
                : proposed.Start is { } stated ? Markdown.Text(Stated(stated)) : null;
            string?[] parts = [when, proposed.Reference is { } reference ? Markdown.Code(reference) : null];
            if (parts.Any(part => part is not null))
            {
                text.Paragraph($"{Fill(CardTexts.Appointment)}: {string.Join(", ", parts.OfType<string>())}");
            }

            if (proposed.NamesOtherPatient)
            {
                text.Paragraph(Fill(CardTexts.OtherParticipant));
            }

            if (proposed.EndLeftOut)
            {
                text.Paragraph(Fill(CardTexts.EndLeftOut));
            }
        }

        if (screened.ZoneAssumed)
        {
            text.Paragraph(Fill(CardTexts.ZoneNotKnown));
        }
    }

    /// <summary>In the offset in which it was stated: no zone is known in which it could be told.</summary>
    private string Stated(StatedTime time) => string.Create(CultureInfo.InvariantCulture,
        $"{DateWords.WithWeekday(time.Local.Date, language)}, {time.Local.Hour:00}:{time.Local.Minute:00} (UTC{NodaTime.Text.OffsetPattern.CreateWithInvariantCulture("+HH:mm").Format(time.Offset!.Value)})");

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
        foreach (var (words, date) in decision.Requirements.Where(requirement => requirement.Rule == index).SelectMany(RequirementWords.Full))
        {
            text.Item(Fill(words, ("date", DateWords.Of(date, language))), level: 2);
        }

        foreach (var question in rule.Evidence)
        {
            ref readonly var answer = ref decision.Intake.Answers[question.Index];
            if (answer.Given)
            {
                var said = AnswerWords.Of(question, answer, language);
                var words = said.Count > Most ? said.Take(Most).Append(AndMore(said.Count - Most)) : said;
                text.Item($"{Fill(question.Document.Text)} {Markdown.Text(string.Join(", ", words))}", level: 2);
            }

            OfRecord(decision, rule, question);
        }

        text.Item($"{Fill(PageTexts.Kind(finding.Effect))}: {Fill(PageTexts.Outcome(finding.Outcome))} ({Markdown.Code(rule.Id)}). {source}", level: 2);
    }

    /// <summary>
    /// What the record tells of a question that has a part in a rule, each entry by its name in the record, those that raised the answer first. What another
    /// finding has named already is not named again.
    /// </summary>
    private void OfRecord(Decision decision, CompiledRule rule, CompiledQuestion question)
    {
        var entries = decision.Intake.RecordOf(rule).Where(entry => entry.Question == question.Index).ToList();
        var unnamed = entries.Where(entry => !named.Contains((entry.Question, entry.Code))).OrderByDescending(entry => entry.Raises).ToList();
        foreach (var entry in unnamed.Take(Most))
        {
            var option = (question.Events?.Kind.Options ?? question.Codes)[entry.Code];
            text.Item(CardTexts.FromRecord.In(language).Replace("{answer}", Markdown.Text(option.Label.In(language)), StringComparison.Ordinal).Replace("{entry}", Name(entry.Reference), StringComparison.Ordinal), level: 2);
        }

        if (unnamed.Count > Most)
        {
            text.Item(Fill(CardTexts.MoreEntries, ("n", Number(unnamed.Count - Most))), level: 2);
        }

        if (unnamed.Count < entries.Count)
        {
            text.Item(Fill(CardTexts.NamedEntries, ("n", Number(entries.Count - unnamed.Count))), level: 2);
        }

        if (entries.Exists(entry => entry.Disagrees))
        {
            text.Item(Fill(CardTexts.Disagrees), level: 2);
        }

        named.UnionWith(entries.Select(entry => (entry.Question, entry.Code)));
    }

    /// <summary>A reference of the record, if it is one that FHIR allows; what else it could be comes from outside.</summary>
    private string Name(string reference) =>
        reference.Length <= 128 && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.') ? Markdown.Code(reference) : Fill(CardTexts.UnnamedEntry);

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

    /// <summary>Whose answers they are and how old.</summary>
    private void Answers()
    {
        if (screenings.Form.Response is not { } form)
        {
            return;
        }

        var name = ResourceJson.ReferenceTo(form) is { } reference ? Markdown.Code(reference) : Fill(CardTexts.TheForm);
        var from = screenings.Form.Authored is { } known ? CardTexts.AnswersFrom.In(language).Replace("{date}", DateWords.Of(known, language), StringComparison.Ordinal) : CardTexts.AnswersFromUndated.In(language);
        text.Paragraph($"{Fill(CardTexts.Answers)}: {from.Replace("{form}", name, StringComparison.Ordinal)}");
    }

    /// <summary>Which part of the record was not seen, and which forms were not used: nothing of it may pass for evidence of absence.</summary>
    private void NotSeen()
    {
        var lines = CardSummary.NotSeen(screenings).Select(part => Fill(CardTexts.State(part.State), ("part", Part(part))))
            .Concat(screenings.Form.Unused.Select(unused => Fill(CardTexts.Form(unused.Key), ("n", Number(unused.Value)))))
            .Concat(screenings.Prefetch.Parts.Where(part => part.AboutOthers > 0 && part.Template.Key != PrefetchTemplate.ResponsesKey)
                .Select(part => Fill(CardTexts.AboutOthers, ("part", Part(part)), ("n", Number(part.AboutOthers)))))
            .Concat(Count(CardTexts.UnreadableEntries, screenings.Record.NotInFull))
            .Concat(Count(CardTexts.DanglingEntries, screenings.Record.Dangling))
            .ToList();
        if (lines.Count == 0)
        {
            return;
        }

        text.Heading(T(CardTexts.NotSeen));
        text.Paragraph(Fill(CardTexts.NotSeenLead));
        lines.ForEach(line => text.Item(line));
    }

    private IEnumerable<string> Count(LocalizedText words, int count) => count > 0 ? [Fill(words, ("n", Number(count)))] : [];

    private string Part(PrefetchedPart part) => CardTexts.Part(part.Template.Type).In(language);

    private string T(LocalizedText words) => words.In(language);

    private string Fill(LocalizedText words, params ReadOnlySpan<(string Name, string Value)> values) => Markdown.Fill(words, language, values);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
