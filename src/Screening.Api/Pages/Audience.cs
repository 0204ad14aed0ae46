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
    private const string Clinician = "clinician";
    private const string Patient = "patient";

    /// <summary>The parameter of routes that can return a page.</summary>
    public static ParameterDescription Description { get; } =
        new(
            Parameter, InHeader: false,
            "Who reads the page; only the page has this. Absent: clinic staff, who can turn the page to the patient's words.",
            [Clinician, Patient]);

    /// <summary>The name of an audience, in a query and in a form.</summary>
    public static string NameOf(Audience audience) => audience == Audience.Patient ? Patient : Clinician;

    /// <summary>The audience of a name; null when there is none.</summary>
    public static Audience? Find(string name) => name switch
    {
        Patient => Audience.Patient,
        Clinician => Audience.Clinician,
        _ => null,
    };

    /// <summary>Reads the audience from a query that has been checked; staff when there is none.</summary>
    public static Audience Of(HttpRequest request) => request.Query[Parameter] == Patient ? Audience.Patient : Audience.Clinician;
}
