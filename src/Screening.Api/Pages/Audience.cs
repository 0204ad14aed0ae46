using Screening.Api.Http;

namespace Screening.Api.Pages;

/// <summary>The reader of a page.</summary>
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
    /// <summary>The name of the query parameter.</summary>
    private const string Parameter = "audience";

    /// <summary>The parameter of routes that can return a page.</summary>
    public static ParameterDescription Description { get; } =
        new(Parameter, InHeader: false, "Who reads the page; only the page has this. Absent: clinic staff, who can turn the page to the patient's words.", ["clinician", "patient"]);

    /// <summary>Reads the audience from the query; staff when there is none; false when the value is unknown or repeated.</summary>
    public static bool TryRead(HttpRequest request, out Audience audience)
    {
        audience = Audience.Clinician;
        if (!request.QueryString.HasValue || !request.Query.TryGetValue(Parameter, out var values))
        {
            return true;
        }

        audience = values is ["patient"] ? Audience.Patient : Audience.Clinician;
        return values is ["patient"] or ["clinician"];
    }
}
