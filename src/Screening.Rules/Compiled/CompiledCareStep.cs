namespace Screening.Rules;

/// <summary>A care step with its condition compiled.</summary>
public sealed class CompiledCareStep
{
    private readonly int question;
    private readonly ulong codes;

    internal CompiledCareStep(CareStep document, Func<string, CompiledQuestion> find)
    {
        Document = document;
        if ((document.ShownWhen ?? document.ShownUnless) is { } condition)
        {
            var asked = find(condition.Question);
            question = asked.Index;
            codes = asked.Bits(condition.AnyOf);
        }
    }

    /// <summary>The step as written in the protocol file.</summary>
    public CareStep Document { get; }

    /// <summary>Whether the plan for these answers includes the step.</summary>
    public bool IsShown(ReadOnlySpan<Answer> answers)
    {
        var holds = (answers[question].Codes & codes) != 0;
        return Document.ShownWhen is not null ? holds : !holds;
    }
}
