using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The detail of a card, in Markdown: the report of the decision or, where there is none, why not and what to ask again.</summary>
internal sealed class CardDetail
{
    /// <summary>
    /// The most that is told of one kind about one thing; of the rest it is told how many there are. Nobody reads more, and a call could
    /// ask for any size.
    /// </summary>
    public const int Most = 10;

    private readonly Markdown text = new();
    private readonly HookScreenings screenings;
    private readonly ScreenedAppointment screened;
    private readonly ReportNotes notes;
    private readonly Language language;

    private CardDetail(HookScreenings screenings, ScreenedAppointment screened, ReportNotes notes, Language language) =>
        (this.screenings, this.screened, this.notes, this.language) = (screenings, screened, notes, language);

    /// <summary>The detail of the card on one appointment.</summary>
    public static string Of(Guid id, HookScreenings screenings, ScreenedAppointment screened, ReportNotes notes, Language language)
    {
        var detail = new CardDetail(screenings, screened, notes, language);
        if (screened is { Request: { } request, Decision: { } decision })
        {
            var source = ReportSource.Of(id, request, decision, language);
            new ReportMarkdown(detail.text).Write(DecisionReport.Of(source with { Notes = notes, Most = Most, Apart = true }));
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
        text.Heading(T(CardTexts.CouldNotScreenLead));
        Appointment();
        format.Paragraphs(notes.First);
        Errors();
        if (NotSeenSection.Of(notes.NotSeen, language) is { } notSeen)
        {
            format.Write(notSeen);
        }

        format.Rows(ReportRow.Basis(notes, language));
    }

    /// <summary>What is wrong with the appointment, and which it is, as the request has it.</summary>
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
        if (parts.OfType<Phrase>().ToList() is { Count: > 0 } told)
        {
            text.Paragraph(told.Skip(1).Aggregate(T(ReportTexts.Appointment) + ": " + told[0], (all, part) => all + ", " + part));
        }
    }

    private void Errors()
    {
        if (screened.Errors.Any(error => error.Error.Code == ErrorCode.DateBeforeAsOf))
        {
            text.Paragraph(T(CardTexts.StartInThePast));
        }

        var ofAnswers = screened.Errors.Where(error => error.Error.Code != ErrorCode.DateBeforeAsOf).ToList();
        if (ofAnswers.Count > 0)
        {
            text.Paragraph(T(CardTexts.AnswersUnusable));
            foreach (var alike in ofAnswers.GroupBy(error => (error.Asked, error.Error.Code)))
            {
                alike.Take(Most).ToList().ForEach(error => text.Item(Error(error.Error, error.Asked)));
                if (alike.Count() > Most)
                {
                    text.Item(ReportTexts.More(alike.Count() - Most, language));
                }
            }
        }
    }

    private Phrase Error(InputError error, CompiledQuestion? asked)
    {
        var at = Phrase.Of(CardTexts.ErrorAt, language, ("code", Phrase.Code(error.Code.Code)), ("where", Phrase.Code(error.Place)));
        return asked is null ? at : T(asked.Document.Text) + " (" + at + ")";
    }

    private string T(LocalizedText words) => words.In(language);
}
