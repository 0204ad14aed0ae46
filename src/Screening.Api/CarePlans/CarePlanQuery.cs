using Screening.Api.Http;

namespace Screening.Api.CarePlans;

/// <summary>The query parameters of a care plan. They never contain health data.</summary>
/// <param name="Preview">Whether to plan an appointment that is not bookable.</param>
/// <param name="FullDetail">Whether calendar entries say what they are about.</param>
/// <param name="Cancel">Whether calendar entries are cancelled.</param>
internal readonly record struct CarePlanQuery(bool Preview, bool FullDetail, bool Cancel)
{
    /// <summary>The parameter for the plan of an appointment that is not bookable.</summary>
    public const string PreviewName = "preview";

    /// <summary>The only value of <see cref="PreviewName"/>.</summary>
    public const string PreviewValue = "true";

    /// <summary>The parameter for full detail in the calendar.</summary>
    public const string DetailName = "detail";

    /// <summary>The only value of <see cref="DetailName"/>.</summary>
    public const string DetailValue = "full";

    /// <summary>The parameter for a calendar that takes its entries back.</summary>
    public const string CancelName = "cancel";

    /// <summary>The only value of <see cref="CancelName"/>.</summary>
    public const string CancelValue = "true";

    /// <summary>The same, described.</summary>
    public static ParameterDescription[] Parameters { get; } =
    [
        new(PreviewName, InHeader: false, "A plan although the decision is not bookable, for whoever prepares it; `true` is the only value.", [PreviewValue]),
        new(
            DetailName,
            InHeader: false,
            "Calendar entries that say what they are about, for a calendar that nobody else reads; `full` is the only value. JSON says it anyway.",
            [DetailValue]),
        new(
            CancelName,
            InHeader: false,
            "A calendar that takes back the entries of the same request, when the appointment is cancelled; `true` is the only value. JSON is the plan as without it.",
            [CancelValue]),
    ];

    /// <summary>
    /// Reads the query; null when a parameter is unknown, repeated or has another value, so that a misspelt one is noticed.
    /// </summary>
    public static CarePlanQuery? Read(IQueryCollection query)
    {
        // A name in two spellings is one entry with two values.
        var valid = query.All(parameter => parameter.Key switch
        {
            PreviewName => parameter.Value is [PreviewValue],
            DetailName => parameter.Value is [DetailValue],
            CancelName => parameter.Value is [CancelValue],
            _ => false,
        });
        return valid ? new CarePlanQuery(query.ContainsKey(PreviewName), query.ContainsKey(DetailName), query.ContainsKey(CancelName)) : null;
    }
}
