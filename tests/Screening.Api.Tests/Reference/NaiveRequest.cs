using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>A partial date as the first and last day that it may mean.</summary>
internal sealed record NaivePartialDate(bool IsUnknown, LocalDate First, LocalDate Last);

internal sealed record NaiveInjection(string Product, NaivePartialDate Date);

internal sealed record NaiveClearance(int Index, string RuleId);

/// <summary>One request, read as far as it could be read.</summary>
internal sealed class NaiveRequest
{
    public DateTimeZone? Zone { get; set; }

    /// <summary>T of the contract: the as-of date at the clinic.</summary>
    public LocalDate? Today { get; set; }

    public bool ProtocolKnown { get; set; }

    public ZonedDateTime? Start { get; set; }

    public List<ZonedDateTime> Slots { get; } = [];

    /// <summary>Null when the areas are absent.</summary>
    public List<string>? Areas { get; set; }

    public List<NaiveClearance> Clearances { get; } = [];

    /// <summary>Answers that are one code; an absent question has no entry.</summary>
    public Dictionary<string, string> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that are a list of codes; an absent question has no entry.</summary>
    public Dictionary<string, List<string>> Lists { get; } = new(StringComparer.Ordinal);

    public NaivePartialDate? RetinoidLastUsed { get; set; }

    public NaivePartialDate? IsotretinoinLastTaken { get; set; }

    public LocalDate? AntiviralStart { get; set; }

    public LocalDate? AntiviralEnd { get; set; }

    /// <summary>The person cannot say whether there were injections.</summary>
    public bool InjectionsUnknown { get; set; }

    /// <summary>Null when the list is absent or unknown.</summary>
    public List<NaiveInjection>? Injections { get; set; }

    public string? Code(string question)
    {
        return Codes.TryGetValue(question, out string? code) ? code : null;
    }

    public List<string>? List(string question)
    {
        return Lists.TryGetValue(question, out List<string>? list) ? list : null;
    }
}
