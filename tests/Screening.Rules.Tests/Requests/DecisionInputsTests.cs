using System.Text.Json;
using NodaTime;
using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Requests;

/// <summary>What a decision is kept by, to be made again.</summary>
public static class DecisionInputsTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);
    private static readonly int Anticoagulant = Shipped.Protocol.Questions.Single(question => question.Id == "anticoagulantUse").Index;

    [Fact]
    public static void What_was_said_goes_along_with_what_a_record_made_of_it()
    {
        var facts = Facts([Worded(RecordKind.Medication, "Warfarin 5 mg tablet")]);
        var again = facts.ToIntake(Shipped.Protocol);

        Assert.Equal(Nothing.Read()[Anticoagulant].Codes, again.PatientAnswers[Anticoagulant].Codes);
        Assert.NotEqual(again.PatientAnswers[Anticoagulant].Codes, again.Answers[Anticoagulant].Codes);
        Assert.Equal(facts.ToBytes(), JsonSerializer.Deserialize(facts.ToBytes(), DecisionInputsJson.Default.DecisionInputs)!.ToBytes());
    }

    [Fact]
    public static void Where_no_record_raised_anything_the_answers_are_kept_once()
    {
        Assert.Null(Facts([]).PatientAnswers);
        Assert.Equal(Facts([]).ToBytes(), Facts([Worded(RecordKind.Condition, "Asthma")]).ToBytes());
    }

    private static DecisionInputs Facts(RecordEntry[] record)
    {
        var appointment = new Appointment(DateTimeZone.Utc, null, null, []);
        return DecisionInputs.Of(new ScreeningRequest(Nothing.RaisedBy(record), appointment, default, Nothing.Today, null));
    }
}
