using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Screening.Rules.Tests.Support;

/// <summary>What a person says, as JSON texts by question, and for when.</summary>
public sealed record Said(Protocol Protocol, ImmutableDictionary<string, string> Answers, LocalDate Today, LocalDate Date)
{
    /// <summary>The protocol's baseline: a person with nothing to report.</summary>
    public static Said Nothing(Protocol protocol)
    {
        var baseline = protocol.Document.Baseline;
        var answers = baseline.Answers.EnumerateObject().ToImmutableDictionary(member => member.Name, member => member.Value.GetRawText());
        return new Said(protocol, answers.Add(protocol.Areas.Id, JsonSerializer.Serialize(baseline.Areas)), baseline.AsOf, baseline.Date);
    }

    /// <summary>The same with another answer; it is given as JSON.</summary>
    public Said With(string question, string json) => this with { Answers = Answers.SetItem(question, json) };

    public Said Without(string question) => this with { Answers = Answers.Remove(question) };

    public Said On(string date) => this with { Date = Day(date) };

    public static LocalDate Day(string date) => NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;

    /// <summary>The answers as a request would send them.</summary>
    public string Json() => "{" + string.Join(",", Protocol.Questions.Where(q => q != Protocol.Areas && Answers.ContainsKey(q.Id)).Select(q => $"\"{q.Id}\":{Answers[q.Id]}")) + "}";

    /// <summary>The answers as they are read; every one of them can be.</summary>
    public Answer[] Read()
    {
        var (answers, errors) = TryRead();
        Assert.Empty(errors.All);
        return answers;
    }

    /// <summary>The same without the answers that contradict others.</summary>
    public Said WithoutContradictions()
    {
        for (var said = this; ;)
        {
            var errors = said.TryRead().Errors.All;
            if (errors.Count == 0)
            {
                return said;
            }

            Assert.All(errors, error => Assert.Equal(ErrorCode.ContradictoryAnswers, error.Code));
            said = errors.Aggregate(said, (rest, error) => rest.Without(error.Place.Split('/')[^1]));
        }
    }

    public Decision Screen(params LocalDate[] slots) => Screen([], slots);

    public Decision Screen(ImmutableArray<Clearance> clearances, params LocalDate[] slots) =>
        Screener.Screen(new Intake(Protocol, Read(), clearances), new Appointment(DateTimeZone.Utc, Noon(Date), null, [.. slots.Select(Noon)]), Today);

    /// <summary>What was said, raised by a record; clearances are those that were given for what was said.</summary>
    public Intake RaisedBy(IReadOnlyList<RecordEntry> record, ImmutableArray<Clearance> clearances = default) =>
        RecordReconciliation.Reconcile(new Intake(Protocol, Read(), clearances.IsDefault ? [] : clearances), record, Today);

    /// <summary>The decision on what was said and what a record tells.</summary>
    public Decision ScreenWith(IReadOnlyList<RecordEntry> record, ImmutableArray<Clearance> clearances = default, params LocalDate[] slots) =>
        Screener.Screen(RaisedBy(record, clearances), new Appointment(DateTimeZone.Utc, Noon(Date), null, [.. slots.Select(Noon)]), Today);

    public override string ToString() => $"as of {Today:uuuu-MM-dd} for {Date:uuuu-MM-dd}, areas {Answers.GetValueOrDefault(Protocol.Areas.Id)}: {Json()}";

    /// <summary>The answers as a door has read them; they may contradict each other.</summary>
    public AnswerSheet Sheet()
    {
        var errors = new InputErrors();
        var sheet = Sheet(errors);
        Assert.Empty(errors.All);
        return sheet;
    }

    private (Answer[] Answers, InputErrors Errors) TryRead()
    {
        var errors = new InputErrors();
        var sheet = Sheet(errors);
        sheet.CheckContradictions(Today, errors);
        return (sheet.Answers.ToArray(), errors);
    }

    private AnswerSheet Sheet(InputErrors errors)
    {
        var sheet = new AnswerSheet(Protocol);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(Json()));
        reader.Read();
        AnswersReader.Read(ref reader, sheet, errors);
        if (Answers.TryGetValue(Protocol.Areas.Id, out var areas))
        {
            reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(areas));
            reader.Read();
            AnswersReader.ReadAreas(ref reader, sheet, errors);
        }

        return sheet;
    }

    private static ZonedDateTime Noon(LocalDate date) => date.At(LocalTime.Noon).InUtc();
}
