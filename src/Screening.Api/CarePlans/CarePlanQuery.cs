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

    /// <summary>The parameter for full detail in the calendar.</summary>
    public const string DetailName = "detail";

    /// <summary>The only value of <see cref="DetailName"/>.</summary>
    public const string DetailValue = "full";

    /// <summary>The parameter for a calendar that takes its entries back.</summary>
    public const string CancelName = "cancel";

    private const string True = "true";

    /// <summary>The same, described.</summary>
    public static ParameterDescription[] Parameters { get; } =
    [
        ParameterDescription.Boolean(PreviewName, "`true`: a plan although the decision is not bookable, for whoever prepares it. Absent: no."),
        new(
            DetailName,
            InHeader: false,
            "Calendar entries that say what they are about, for a calendar that nobody else reads. JSON says it anyway. Absent: they do not say it.",
            [DetailValue]),
        ParameterDescription.Boolean(
            CancelName,
            "`true`: a calendar that takes back the entries of the same request, when the appointment is cancelled, bookable or not. "
                + "JSON is the plan as without it."),
    ];

    /// <summary>Reads a query that has been checked.</summary>
    public static CarePlanQuery Of(IQueryCollection query) =>
        new(query[PreviewName] == True, query.ContainsKey(DetailName), query[CancelName] == True);
}
