using System.Globalization;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>Builds the report: the heading, the order of the sections, and the details that identify the decision.</summary>
internal sealed class ReportBuilder(ReportSource source)
{
    private readonly Decision decision = source.Decision;
    private readonly Language language = source.Language;
    private readonly ReportNotes notes = source.Notes;
    private readonly FindingWords findings = new(source);
    private readonly DateSectionWords dates = new(source);

    /// <summary>True when the clinic's zone is known rather than assumed.</summary>
    private bool ZoneKnown => notes.When is null;

    private string When => notes.When
        ?? (decision.Appointment.Start is { } start ? DateWords.Of(start, language) : DateWords.WithWeekday(decision.Date, language));

    public DecisionReport Build()
    {
        var basis = DecisionBasis.Of(decision, notes.Record).Basis;
        var areas = decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.PatientAnswers[areas.Index];
        var grounds = ReportRow.Basis(notes, language);
        var promisesNoDate = decision.EarliestDate is null && decision.Eligibility != Eligibility.Ineligible;
        return new DecisionReport
        {
            Decision = decision,
            Language = language,
            Title = T(decision.Intake.Protocol.Document.Title),
            Headline = TextOf(RecordTexts.Headline(decision.Eligibility, basis)),
            Lead = TextOf(decision.Eligibility == Eligibility.Deferred && !ZoneKnown
                ? ReportTexts.DeferredWithoutZone
                : RecordTexts.Lead(decision.Eligibility, basis)),
            Bound = promisesNoDate && decision.NotBefore != decision.Date ? TextOf(ReportTexts.Bound) : null,
            When = When,
            Areas = treated.Given ? string.Join(", ", AnswerWords.Of(areas, treated, language)) : null,
            Asked = Asked(),
            Caveats = notes.First,
            HasRecord = findings.HasRecord,
            Sections = [.. Sections().OfType<ReportSection>()],
            AllAnswers = findings.AllAnswers(),
            Basis = grounds,
            About = [.. About(grounds).OfType<ReportRow>()],
        };
    }

    private Phrase Asked()
    {
        if (decision.Appointment.Start is null)
        {
            return T(ReportTexts.TodayQuestion);
        }

        var when = new Phrase($"{T(ReportTexts.Appointment)}: {When}");
        when = ZoneKnown ? when + " (" + Phrase.Code(decision.Appointment.Zone.Id) + ")" : when;
        return notes.Appointment is { } name ? when + ", " + Phrase.Code(name) : when;
    }

    /// <summary>First what to do or ask now, then the dates, then what does not matter now.</summary>
    private IEnumerable<ReportSection?> Sections()
    {
        var (bookable, incomplete) = (decision.Bookable, decision.Eligibility == Eligibility.Incomplete);
        var missing = Missing(incomplete);
        var binding = findings.Section(FindingWeight.Binding);
        var required = findings.Section(FindingWeight.Required);
        return
        [
            incomplete ? missing : null,
            binding,
            bookable ? required : null,
            dates.Section(),
            bookable ? null : required,
            findings.Section(FindingWeight.Beside),
            incomplete ? null : missing,
            NotSeenSection.Of(notes.NotSeen, language),
        ];
    }

    private MissingSection? Missing(bool isNext)
    {
        if (decision.Missing.IsEmpty)
        {
            return null;
        }

        var beside = T(ReportTexts.MissingBesides);
        var heading = isNext ? new ReportText(T(ReportTexts.Missing), T(ReportTexts.MissingPatient)) : new ReportText(beside, beside);
        var questions = decision.Missing.Select(index => decision.Intake.Protocol.Questions[index]);
        return new MissingSection(heading, [.. questions.Select(Question)]);
    }

    private ReportQuestion Question(CompiledQuestion question) =>
        new(
            question,
            T(question.Document.Text),
            [.. question.AbsentParts(decision.Intake.Answers[question.Index]).Select(part => T(part.Text))]);

    private IEnumerable<ReportRow?> About(IEnumerable<ReportRow> grounds)
    {
        var (protocol, appointment) = (decision.Intake.Protocol, decision.Appointment);
        var asOf = InstantPattern.ExtendedIso.Format(source.AsOf);
        var clinicTime = $"{DateWords.Of(source.AsOf.InZone(appointment.Zone), language)} {T(ReportTexts.ClinicTime)}";
        var title = T(protocol.Document.Title);
        var clear = decision.Findings.Count(finding => finding.Outcome == Outcome.Clear);
        var rulesClear = T(ReportTexts.RulesClear).With("all", Number(decision.Findings.Length)).With("clear", Number(clear));
        return
        [
            Row(ReportTexts.Appointment, When),
            Row(ReportTexts.End, ZoneKnown && appointment.End is { } end ? DateWords.Of(end, language) : null),
            Row(ReportTexts.TimeZone, ZoneKnown ? appointment.Zone.Id : null),
            new(T(ReportTexts.AsOfDate), ZoneKnown ? $"{clinicTime} ({asOf})" : asOf)
            {
                ForPatient = ZoneKnown ? clinicTime : DateWords.Of(decision.Today, language),
            },
            .. grounds,
            Row(ReportTexts.Reference, source.Reference),
            Row(ReportTexts.DecisionId, source.Id.ToString()),
            new(T(ReportTexts.Protocol), $"{title} ({protocol.Reference})") { ForPatient = $"{title} {protocol.Document.Version}" },
            new(T(ReportTexts.Digest), protocol.Digest, ForStaff: true),
            new(T(ReportTexts.Status), WireName.Of(decision.Eligibility), ForStaff: true),
            new(T(ReportTexts.RulesLookedAt), rulesClear, ForStaff: true),
        ];
    }

    /// <summary>Null without a value.</summary>
    private ReportRow? Row(LocalizedText name, string? value) => value is null ? null : new(T(name), value);

    private ReportText TextOf(Message message)
    {
        return new(Filled(message.Clinician), Filled(message.Patient));

        string Filled(LocalizedText text) => T(text)
            .With("asked", DateWords.Of(decision.Date, language)).With("date", DateWords.Of(decision.NotBefore, language));
    }

    private string T(LocalizedText text) => text.In(language);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
