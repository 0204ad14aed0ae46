namespace Screening.Api.CarePlans;

/// <summary>What the query string asks of a care plan. Health data never stands there.</summary>
/// <param name="Preview">A plan although the decision is not bookable.</param>
/// <param name="FullDetail">A calendar that says what each entry is about.</param>
internal readonly record struct CarePlanQuery(bool Preview, bool FullDetail)
{
    /// <summary>The parameter for a plan that is not bookable.</summary>
    public const string PreviewName = "preview";

    /// <summary>The one value of <see cref="PreviewName"/>.</summary>
    public const string PreviewValue = "true";

    /// <summary>The parameter for a calendar that tells everything.</summary>
    public const string DetailName = "detail";

    /// <summary>The one value of <see cref="DetailName"/>.</summary>
    public const string DetailValue = "full";

    /// <summary>Null when a parameter is unknown, repeated or of another value: a misspelt one must not go unnoticed.</summary>
    public static CarePlanQuery? Read(IQueryCollection query)
    {
        // One name in two spellings is one entry with two values.
        var good = query.All(parameter => parameter.Key switch
        {
            PreviewName => parameter.Value is [PreviewValue],
            DetailName => parameter.Value is [DetailValue],
            _ => false,
        });
        return good ? new CarePlanQuery(query.ContainsKey(PreviewName), query.ContainsKey(DetailName)) : null;
    }
}
