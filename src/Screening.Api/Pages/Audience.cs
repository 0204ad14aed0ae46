using Screening.Api.Http;

namespace Screening.Api.Pages;

/// <summary>Who reads the page.</summary>
internal enum Audience
{
    /// <summary>Clinic staff, who may turn the page to the patient's words and print either.</summary>
    Clinician,

    /// <summary>The patient: nothing on the page is meant for staff alone.</summary>
    Patient,
}

/// <summary>Reads the audience of a request.</summary>
internal static class Audiences
{
    /// <summary>The query's parameter.</summary>
    private const string Parameter = "audience";

    /// <summary>The parameter, for routes that answer with a page.</summary>
    public static ParameterDescription Description { get; } =
        new(Parameter, InHeader: false, "Who reads the page; only the page has this. Absent: clinic staff, who can turn the page to the patient's words.", ["clinician", "patient"]);

    /// <summary>The audience that the query names; staff when it names none; false when it names something else, or two.</summary>
    public static bool TryRead(HttpRequest request, out Audience audience)
    {
        audience = Audience.Clinician;
        if (!request.QueryString.HasValue || !request.Query.TryGetValue(Parameter, out var named))
        {
            return true;
        }

        audience = named is ["patient"] ? Audience.Patient : Audience.Clinician;
        return named is ["patient"] or ["clinician"];
    }
}
