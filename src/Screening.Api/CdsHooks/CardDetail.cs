using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The detail of a card, in Markdown: the report of the decision or, without one, the reason and what to ask again.</summary>
internal sealed class CardDetail
{
    /// <summary>
    /// The maximum number of items of one kind about one subject; the number of omitted ones is stated. A request could contain any number.
    /// </summary>
    public const int MaxItems = 10;

    private readonly Markdown text = new();
    private readonly HookScreenings screenings;
    private readonly ScreenedAppointment screened;
    private readonly ReportNotes notes;
    private readonly Language language;

    private CardDetail(HookScreenings screenings, ScreenedAppointment screened, ReportNotes notes, Language language) =>
        (this.screenings, this.screened, this.notes, this.language) = (screenings, screened, notes, language);

    /// <summary>Returns the detail of the card for one appointment.</summary>
    public static string Of(Guid id, HookScreenings screenings, ScreenedAppointment screened, ReportNotes notes, Language language)
    {
        var detail = new CardDetail(screenings, screened, notes, language);
        if (screened is { Request: { } request, Decision: { } decision })
        {
            var source = ReportSource.Of(id, request, decision, language);
            var report = DecisionReport.Of(source with { Notes = notes, Most = MaxItems, Apart = true });
            if (CardSummary.IsWithoutForm(screenings, screened))
            {
                ShortDetail.Write(detail.text, report, screenings.Screened.Count > 1);
            }
            else
            {
                new ReportMarkdown(detail.text).Write(report);
            }
        }
        else
        {
            detail.NotScreened();
        }

        return detail.text.ToString();
    }

    private void NotScreened()
    {
        var format = new ReportMarkdown(text);
        var today = screened.Proposed is null && screenings.Service.Hook == Hook.PatientView;
        text.Heading(T(today ? CardTexts.CouldNotScreenTodayLead : CardTexts.CouldNotScreenLead));
        Appointment();
        format.Paragraphs(notes.First);
        Errors();
        if (NotSeenSection.Of(notes.NotSeen, language) is { } notSeen)
        {
            format.Write(notSeen);
        }

        format.Rows(ReportRow.Basis(notes, language));
    }

    /// <summary>Describes the appointment as in the request, and what is wrong with it.</summary>
    private void Appointment()
    {
        if (screened.Proposed is not { } proposed)
        {
            text.Paragraph(T(screenings.Service.Hook == Hook.PatientView ? ReportTexts.TodayQuestion : CardTexts.NoAppointment));
            return;
        }

        if (proposed.Flaw is { } flaw)
        {
            text.Paragraph(T(CardTexts.Flaw(flaw)));
        }

        Phrase?[] parts =
        [
            CardNotes.Stated(screened, language) is { } when ? new Phrase(when) : null,
            notes.Appointment is { } name ? Phrase.Code(name) : null,
        ];
        if (parts.OfType<Phrase>().ToList() is { Count: > 0 } known)
        {
            text.Paragraph(known.Skip(1).Aggregate(T(ReportTexts.Appointment) + ": " + known[0], (all, part) => all + ", " + part));
        }
    }

    private void Errors()
    {
        if (screened.Errors.Any(error => error.Error.Code == ErrorCode.DateBeforeAsOf))
        {
            text.Paragraph(T(CardTexts.StartInThePast));
        }

        var answerErrors = screened.Errors.Where(error => error.Error.Code != ErrorCode.DateBeforeAsOf).ToList();
        if (answerErrors.Count > 0)
        {
            text.Paragraph(T(CardTexts.AnswersUnusable));
            foreach (var asked in answerErrors.GroupBy(error => error.Asked))
            {
                Errors(asked.Key, [.. asked.Select(error => error.Error)]);
            }
        }
    }

    /// <summary>Adds the errors about a question, which is named once; or those about none.</summary>
    private void Errors(CompiledQuestion? asked, IReadOnlyList<InputError> errors)
    {
        if (asked is not null && errors is [var only])
        {
            text.Item(new Phrase(T(asked.Document.Text) + " ") + Error(only, isOfQuestion: true));
            return;
        }

        if (asked is not null)
        {
            text.Item(T(asked.Document.Text));
        }

        var level = asked is null ? 1 : 2;
        foreach (var similar in errors.GroupBy(error => error.Code))
        {
            similar.Take(MaxItems).ToList().ForEach(error => text.Item(Error(error, asked is not null), level));
            if (similar.Count() > MaxItems)
            {
                text.Item(ReportTexts.More(similar.Count() - MaxItems, language), level);
            }
        }
    }

    private Phrase Error(InputError error, bool isOfQuestion)
    {
        var at = Phrase.Of(CardTexts.ErrorAt, language, ("code", Phrase.Code(error.Code.Code)), ("where", Phrase.Code(error.Place)));
        var accepted = " " + Phrase.Marked(T(error.Remedy));
        return !isOfQuestion ? at + "." + accepted
            : error.Code == ErrorCode.UnknownCode ? new Phrase(T(CardTexts.NoSuchOption) + " (") + at + ")." + accepted
            : error.Code.IsShape ? new Phrase(T(CardTexts.AnswerUnreadable) + " (") + at + ")." + accepted
            : new Phrase("(") + at + ")." + accepted;
    }

    private string T(LocalizedText words) => words.In(language);
}
