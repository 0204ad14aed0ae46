using CsCheck;

namespace Screening.Rules.Tests.Support;

/// <summary>Generates what people might say to any protocol: from hardly anything to report to everything at once.</summary>
public static class SaidGenerator
{
    /// <summary>Answers free of contradictions, of all levels of trouble.</summary>
    public static Gen<Said> Of(Protocol protocol) => Of(protocol, wholeDates: false);

    /// <summary>The same; with <paramref name="wholeDates"/> every date is a full one.</summary>
    public static Gen<Said> Of(Protocol protocol, bool wholeDates) =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 90], Gen.OneOf(0, 3, 10, 40)).SelectMany((today, ahead, trouble) =>
        {
            var nothing = Said.Nothing(protocol);
            nothing = nothing with { Today = nothing.Today.PlusDays(today), Date = nothing.Today.PlusDays(today + ahead) };
            return protocol.Questions.Aggregate(Gen.Const(nothing), (said, question) => Gen.Select(said, Answer(nothing, question, trouble, wholeDates), (rest, answer) =>
                answer.Length == 0 ? rest.Without(question.Id) : rest.With(question.Id, answer)));
        }).Select(said => said.WithoutContradictions());

    /// <summary>An answer to one question as JSON; empty: left unanswered.</summary>
    private static Gen<string> Answer(Said nothing, CompiledQuestion question, int trouble, bool wholeDates)
    {
        var day = Gen.Frequency((4, Gen.Int[-40, 40]), (1, Gen.Int[-700, 700])).Select(days => PartialDate.Of(nothing.Today.PlusDays(days)).ToString());
        var partial = Gen.Frequency((8, day), (wholeDates ? 0 : 1, day.Select(d => d[..7])), (wholeDates ? 0 : 1, day.Select(d => d[..4])), (1, Gen.Const("unknown")));
        var codes = question.Codes.Select(option => option.Code).ToArray();
        var any = question.Document.Match(
            _ => Gen.OneOf(codes).Select(Quoted),
            _ => Gen.OneOf(codes).HashSet[question.Id == nothing.Protocol.Areas.Id ? 1 : 0, Math.Min(3, codes.Length)].Select(List),
            _ => day.Select(Quoted),
            _ => partial.Select(Quoted),
            events => Gen.Frequency(
                (8, Gen.Select(Gen.OneOf(events.Kind.Options.Select(o => o.Code).ToArray()), partial, (kind, date) => $$"""{"{{events.Kind.Id}}":"{{kind}}","{{events.Date.Id}}":"{{date}}"}""").Array[0, 5].Select(list => $"[{string.Join(",", list)}]")),
                (1, Gen.Const("\"unknown\""))));

        // Where the baseline says nothing, there is something to say only beside another answer: mostly said here, and dropped when contradictory.
        var (usual, unusual) = nothing.Answers.TryGetValue(question.Id, out var harmless) ? (Gen.Const(harmless), any) : (any, Gen.Const(""));
        return Gen.Frequency((100 - trouble, usual), (trouble, unusual), (Math.Max(1, trouble / 5), Gen.Const("")));
    }

    private static string Quoted(string text) => $"\"{text}\"";

    private static string List(IEnumerable<string> codes) => $"[{string.Join(",", codes.Select(Quoted))}]";
}
