using System.Text.Json;
using NodaTime;
using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Requests;

/// <summary>What a decision is kept by, to be made again.</summary>
public static class DecisionFactsTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);
    private static readonly int Anticoagulant = Shipped.Protocol.Questions.Single(question => question.Id == "anticoagulantUse").Index;

    [Fact]
    public static void What_was_said_goes_along_with_what_a_record_made_of_it()
    {
        var facts = Facts([Worded(RecordKind.Medication, "Warfarin 5 mg tablet")]);
        var again = facts.ToIntake(Shipped.Protocol);

        Assert.Equal(Nothing.Read()[Anticoagulant].Codes, again.Said[Anticoagulant].Codes);
        Assert.NotEqual(again.Said[Anticoagulant].Codes, again.Answers[Anticoagulant].Codes);
        Assert.Equal(facts.ToBytes(), JsonSerializer.Deserialize(facts.ToBytes(), DecisionFactsJson.Default.DecisionFacts)!.ToBytes());
    }

    [Fact]
    public static void Where_no_record_raised_anything_the_answers_are_kept_once()
    {
        Assert.Null(Facts([]).Said);
        Assert.Equal(Facts([]).ToBytes(), Facts([Worded(RecordKind.Condition, "Asthma")]).ToBytes());
    }

    private static DecisionFacts Facts(RecordEntry[] record)
    {
        var appointment = new Appointment(DateTimeZone.Utc, null, null, []);
        return DecisionFacts.Of(new ScreeningRequest(Nothing.RaisedBy(record), appointment, default, Nothing.Today, null));
    }
}
