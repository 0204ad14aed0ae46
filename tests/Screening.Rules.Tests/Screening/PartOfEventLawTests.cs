using CsCheck;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Screening;

/// <summary>
/// An event of which a part was not told: the question is asked again, and what was told counts until then. It is never better than the whole event would be, and
/// what it says of dates is a lower bound of what the whole event will say.
/// </summary>
public static class PartOfEventLawTests
{
    private static readonly Gen<(Said Said, int Event, EventParts Absent)> Cases = Gen.Select(
        Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol)), Gen.Int[0, 4], Gen.OneOf(EventParts.Kind, EventParts.Date));

    [Fact]
    public static void The_rest_is_asked_for_and_nothing_is_better_than_with_it() => Cases.Sample(one =>
    {
        var (said, answers) = (one.Said, one.Said.Read());
        foreach (var question in said.Protocol.Questions.Where(question => answers[question.Index].Events.Length > one.Event))
        {
            var whole = Screen(said, answers);
            var part = Screen(said, WithoutPart(answers, question, one.Event, one.Absent));
            Assert.Contains((byte)question.Index, part.Missing);
            Assert.Equal(whole.Eligibility == Eligibility.Ineligible ? Eligibility.Ineligible : Eligibility.Incomplete, part.Eligibility);
            Assert.True(part.NotBefore <= whole.NotBefore);
            Assert.All(part.WaitingPeriods, wait => Assert.Contains(wait, whole.WaitingPeriods));
        }
    });

    [Fact]
    public static void A_date_without_what_happened_keeps_its_wait_and_what_happened_without_a_date_has_none() => Cases.Sample(one =>
    {
        var (said, answers) = (one.Said, one.Said.Read());
        foreach (var question in said.Protocol.Questions.Where(question => answers[question.Index].Events.Length > one.Event))
        {
            var waits = Screen(said, WithoutPart(answers, question, one.Event, one.Absent)).WaitingPeriods.Where(wait => wait.Question == question.Index);
            Assert.Equal(one.Absent == EventParts.Kind, waits.Any(wait => wait.Event == one.Event));
        }
    });

    [Fact]
    public static void Events_that_need_not_be_told_are_asked_for_once_one_is_told_in_part()
    {
        var said = Said.Nothing(MadeUp.Protocol).With("cough", "\"no\"").Without("massages");
        var question = MadeUp.Protocol.Questions.Single(question => question.Id == "massages");
        Assert.Empty(said.Screen().Missing);
        var answers = said.Read();
        answers[question.Index] = Answer.Of([new EventAnswer(0, null) { Absent = EventParts.Date }]);
        var decision = Screen(said, answers);
        Assert.Equal((Eligibility.Incomplete, (byte)question.Index), (decision.Eligibility, Assert.Single(decision.Missing)));
    }

    private static Answer[] WithoutPart(Answer[] answers, CompiledQuestion question, int index, EventParts absent)
    {
        var events = answers[question.Index].Events.ToArray();
        events[index] = absent == EventParts.Kind ? new EventAnswer(0, events[index].Date) { Absent = absent } : new EventAnswer(events[index].Kind, null) { Absent = absent };
        Answer[] part = [.. answers];
        part[question.Index] = Answer.Of(events);
        return part;
    }

    private static Decision Screen(Said said, Answer[] answers) =>
        Screener.Screen(new Intake(said.Protocol, answers, []), new Appointment(DateTimeZone.Utc, said.Date.At(LocalTime.Noon).InUtc(), null, []), said.Today);
}
