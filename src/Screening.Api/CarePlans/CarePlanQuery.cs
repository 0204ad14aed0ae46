namespace Screening.Api.CarePlans;

/// <summary>The query parameters of a care plan. They never contain health data.</summary>
/// <param name="Preview">Whether to plan an appointment that is not bookable.</param>
/// <param name="FullDetail">Whether calendar entries say what they are about.</param>
internal readonly record struct CarePlanQuery(bool Preview, bool FullDetail)
{
    /// <summary>The parameter for the plan of an appointment that is not bookable.</summary>
    public const string PreviewName = "preview";

    private const string True = "true";
    private const string False = "false";

    /// <summary>The parameter for full detail in the calendar.</summary>
    public const string DetailName = "detail";

    /// <summary>The only value of <see cref="DetailName"/>.</summary>
    public const string DetailValue = "full";

    /// <summary>
    /// Reads the query; null when a parameter is unknown, repeated or has another value, so that a misspelt one is noticed.
    /// </summary>
    public static CarePlanQuery? Read(IQueryCollection query)
    {
        // A name in two spellings is one entry with two values.
        var valid = query.All(parameter => parameter.Key switch
        {
            PreviewName => parameter.Value is [True] or [False],
            DetailName => parameter.Value is [DetailValue],
            _ => false,
        });
        return valid ? new CarePlanQuery(query[PreviewName] == True, query.ContainsKey(DetailName)) : null;
    }
}
