using System.Globalization;
using NodaTime;

namespace Screening.Rules;

/// <summary>The dates of a decision in words.</summary>
internal sealed class DateSectionWords(ReportSource source)
{
    private readonly Decision decision = source.Decision;
    private readonly Language language = source.Language;

    private int MoreWaits => decision.WaitingPeriods.Length - source.Most;

    public DatesSection Section() => new()
    {
        Heading = T(ReportTexts.Dates),
        Asked =
        [
            new(T(ReportTexts.RequestedDate), DateWords.WithWeekday(decision.Date, language)),
            new(T(ReportTexts.AsOfDate), DateWords.Of(decision.Today, language)),
        ],
        Free = [.. Bound(), .. decision.Windows.Select(window => Row(ReportTexts.Free, window.From, window.Through))],
        NoneFree = decision.Windows.IsEmpty ? T(ReportTexts.NoDates) : null,
        Required = [.. RequirementWords.Told(decision).Select(Required)],
        Waits = [.. Waits()],
        MoreWaits = MoreWaits > 0 ? ReportTexts.More(MoreWaits, language) : null,
        SlotsHeading = T(ReportTexts.Slots),
        Slots =
        [
            .. RefusedSlot.InOrder(decision.Slots.Length, source.RefusedSlots)
                .Select(slot => slot.Refused is { } refused ? Slot(refused) : Slot(slot.Screened)),
        ],
        SlotsNote = decision.Slots.Contains(Eligibility.Conditional) ? T(ReportTexts.SlotsNote) : null,
    };

    /// <summary>Of the requested date itself it would say nothing new.</summary>
    private ReportRow[] Bound()
    {
        var name = decision.EarliestDate is null ? ReportTexts.NotBefore : ReportTexts.FirstFree;
        return decision.NotBefore == decision.Date ? [] : [new(T(name), DateWords.WithWeekday(decision.NotBefore, language))];
    }

    private ReportRow Required(Requirement requirement) =>
        new(T(RequirementWords.Name(decision)), string.Join("; ", RequirementWords.Sentences(requirement, language)));

    private IEnumerable<ReportWait> Waits()
    {
        var all = decision.WaitingPeriods.Index();
        var told = MoreWaits > 0 ? all.OrderByDescending(wait => wait.Item.Contains(decision.Date)).Take(source.Most) : all;
        return told.Select(wait => Wait(wait.Index, wait.Item));
    }

    private ReportWait Wait(int index, WaitingPeriod wait)
    {
        var rule = decision.Intake.Protocol.Rules[wait.Rule];
        var (question, told) = WaitWords.Of(decision, wait, language);
        return new ReportWait
        {
            Number = index + 1,
            RuleId = rule.Id,
            Length = T(ReportTexts.DaysLong).With("n", Number(rule.WaitDays)),
            Question = question,
            CountedFrom = told,
            CountedAs = IsExact(wait, decision.Intake.Answers[wait.Question]) ? null : Dated(ReportTexts.CountedAs, wait.AssumedDate),
            Blocked = Row(ReportTexts.NotPossible, wait.BlockedFrom, wait.BlockedThrough),
            FreeAgain = Dated(ReportTexts.FreeAgain, wait.ClearsOn),
            Blocks = wait.Contains(decision.Date),
            Requested = T(wait.Contains(decision.Date) ? ReportTexts.Blocked : ReportTexts.NotBlocked),
        };
    }

    /// <summary>True when the wait is counted from the very day that was said.</summary>
    private static bool IsExact(WaitingPeriod wait, in Answer answer)
    {
        var said = wait.Event >= 0 ? answer.Events[wait.Event].Date : answer.Given && !answer.IsUnknown ? answer.Date : null;
        return said is { IsFull: true } date && date.First == wait.AssumedDate;
    }

    private ReportRow Slot(int screened) =>
        new(DateWords.Of(decision.Appointment.Slots[screened].LocalDateTime, language), T(ReportTexts.Short(decision.Slots[screened])));

    /// <summary>One that is no date and time is named by its place in the list.</summary>
    private ReportRow Slot(RefusedSlot slot) =>
        new(slot.Start is { } start ? DateWords.Of(start.Local, language) : Number(slot.Position + 1) + ".", T(slot.Error.Meaning));

    private ReportRow Row(LocalizedText name, LocalDate? from, LocalDate? through) =>
        new(T(name), DateWords.Interval(from, through, language));

    private string Dated(LocalizedText text, LocalDate date) => T(text).With("date", DateWords.Of(date, language));

    private string T(LocalizedText text) => text.In(language);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
