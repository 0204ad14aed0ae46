using CsCheck;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Records;

/// <summary>The laws of a record: it only raises, whatever was said and whatever it holds.</summary>
public static class RecordLawTests
{
    private static readonly Gen<Said> AnySaid = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol));

    [Fact]
    public static void A_record_never_improves_the_decision() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
            NotBetter(said.Screen(Slots(said)), said.ScreenWith(record, slots: Slots(said))), iter: 5000, print: Print);

    [Fact]
    public static void One_more_entry_never_improves_the_decision() =>
        AnySaid.SelectMany(said => Gen.Select(RecordGenerator.Of(said.Protocol, said.Today), RecordGenerator.Entry(said.Protocol, said.Today, values: false), (record, more) => (said, record, more))).Sample(
            (said, record, more) => NotBetter(said.ScreenWith(record, slots: Slots(said)), said.ScreenWith([.. record, more], slots: Slots(said))),
            iter: 5000, print: e => Print((e.Item1, [.. e.Item2, e.Item3])));

    [Fact]
    public static void The_order_of_the_entries_does_not_matter() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var (one, other) = (said.ScreenWith(record), said.ScreenWith([.. record.Reverse()]));
            Assert.Equal((one.Eligibility, one.NotBefore, string.Join(';', one.Windows), string.Join(';', one.Findings)), (other.Eligibility, other.NotBefore, string.Join(';', other.Windows), string.Join(';', other.Findings)));
        }, print: Print);

    [Fact]
    public static void Without_entries_that_raise_the_decision_is_the_one_on_what_was_said() =>
        AnySaid.Sample(said => Assert.Equal(Decided.Of(said.Screen(Slots(said))), Decided.Of(said.ScreenWith([], slots: Slots(said)))));

    [Fact]
    public static void What_only_agrees_leaves_the_decision_as_it_is() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var decision = said.ScreenWith(record);
            if (decision.Intake.Record.All(evidence => !evidence.ChangesAnswer))
            {
                var before = said.Screen();
                Assert.Equal((before.Eligibility, string.Join(';', before.Findings)), (decision.Eligibility, string.Join(';', decision.Findings)));
            }
        }, print: Print);

    [Fact]
    public static void A_status_still_is_the_worst_level_of_the_findings_and_missing_answers_still_make_it_incomplete() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var decision = said.ScreenWith(record);
            Assert.Equal(decision.Findings.Min(finding => finding.Level), decision.Eligibility);
            Assert.True(decision.Missing.IsEmpty || decision.Eligibility <= Eligibility.Incomplete);
            Assert.Equal(decision.Eligibility == Eligibility.Incomplete, decision.Eligibility != Eligibility.Ineligible && !decision.Missing.IsEmpty);
        }, iter: 5000, print: Print);

    [Fact]
    public static void A_clearance_never_clears_what_the_record_excludes() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var before = said.Screen();
            var clearances = Clearances(before, said.Today);
            var uncleared = said.ScreenWith(record);
            var cleared = said.ScreenWith(record, [.. clearances]);

            Assert.All(cleared.Findings.Index(), finding => Assert.True(finding.Item.Outcome != Outcome.Cleared || uncleared.Findings[finding.Index].Level == Eligibility.Review));
            Assert.True(cleared.Eligibility <= said.Screen([.. clearances]).Eligibility);
        }, print: Print);

    [Fact]
    public static void A_clearance_given_knowing_the_record_makes_nothing_better_than_it_was_without_one() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var before = said.Screen([.. Clearances(said.Screen(), said.Today)], Slots(said));
            var raised = said.ScreenWith(record, slots: Slots(said));
            var intake = raised.Intake.WithClearances([.. Clearances(raised, said.Today)]);
            var cleared = Screener.Screen(intake, raised.Appointment, said.Today);

            Assert.All(cleared.Findings, finding => Assert.NotEqual(Eligibility.Review, finding.Level));
            Assert.Equal(
                cleared.Missing.IsEmpty && cleared.Eligibility == Eligibility.Eligible,
                !Enumerable.Range(0, cleared.Findings.Length).Any(cleared.IsBinding));
            Assert.All(
                cleared.WaitingPeriods.Where(wait => wait.Contains(cleared.Date)),
                wait => Assert.NotEqual(Outcome.Cleared, cleared.Findings[wait.Rule].Outcome));
            NotBetter(before, cleared);
        }, iter: 5000, print: Print);

    [Fact]
    public static void What_was_said_stays_as_it_was_said() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var raised = said.RaisedBy(record);
            Assert.Equal(Parts(said.Read()), Parts(raised.PatientAnswers.ToArray()));
            Assert.InRange(raised.RecordSummary.EntriesMatched, 0, raised.RecordSummary.EntriesRead);
            Assert.Equal(raised.Record.Select(evidence => evidence.Reference).Distinct().Count(), raised.RecordSummary.EntriesMatched);
        }, print: Print);

    [Fact]
    public static void Evidence_that_disagrees_has_raised_an_answer_that_was_given() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var answers = said.Read();
            foreach (var evidence in said.RaisedBy(record).Record)
            {
                Assert.True(!evidence.Disagrees || (evidence.ChangesAnswer && answers[evidence.Question].Given));
                Assert.Contains(record, entry => entry.Reference == evidence.Reference);
            }
        }, print: Print);

    [Fact]
    public static void Of_the_parts_of_its_answers_a_decision_is_made_again() =>
        AnySaid.SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record))).Sample((said, record) =>
        {
            var decision = said.ScreenWith(record);
            var parts = decision.Intake.Answers.ToArray().Select(answer => answer.Parts);
            var again = Screener.Screen(new Intake(said.Protocol, [.. parts.Select(Answer.Of)], []), decision.Appointment, decision.Today);
            Assert.Equal(Decided.Of(decision), Decided.Of(again));
        }, iter: 5000, print: Print);

    private static List<Clearance> Clearances(Decision decision, LocalDate on) =>
    [
        .. decision.Findings.Index().Where(finding => finding.Item.Level == Eligibility.Review)
            .Select(finding => new Clearance(finding.Index, "Dr. Rivera", on, null)),
    ];

    private static IEnumerable<string> Parts(Answer[] answers) => answers.Select(answer => answer.Parts)
        .Select(of => $"{of.Given} {of.Codes} {of.Date} [{string.Join(',', of.GivenCodes ?? [])}] [{string.Join(',', of.Events ?? [])}]");

    private static LocalDate[] Slots(Said said) => [said.Date.PlusDays(1), said.Date.PlusDays(9), said.Date.PlusDays(40)];

    private static void NotBetter(Decision before, Decision after)
    {
        Assert.True(after.Eligibility <= before.Eligibility, $"{WireName.Of(before.Eligibility)} became {WireName.Of(after.Eligibility)}");
        Assert.True(after.NotBefore >= before.NotBefore, $"not before {before.NotBefore} became {after.NotBefore}");
        Assert.All(before.Slots.Zip(after.Slots), slot => Assert.True(slot.Second <= slot.First));
    }

    private static string Print((Said Said, RecordEntry[] Record) of) =>
        of.Said + "\n" + string.Join("\n", of.Record.Select(e => $"{e.Kind} {string.Join(",", e.Concept.Codes)} {string.Join(" | ", e.Concept.Texts)} {e.State} unconfirmed {e.IsUnconfirmed} daily {e.IsDaily} on {e.On} ended {e.Ended} at {string.Join(" ", e.Sites.SelectMany(s => s.Codes))} value {e.Value?.Codes[0]}"));
}
