namespace Screening.Fhir;

/// <summary>
/// The names that this service gives to what it publishes as FHIR. They are names, not addresses: the same on every host, so that a response that was
/// filled in for one installation means the same at another.
/// </summary>
public static class Canonicals
{
    private const string Root = "urn:screening-api";

    /// <summary>The canonical URL of a protocol's Questionnaire, without a version.</summary>
    public static string Questionnaire(string protocol) => $"{Root}:questionnaire:{protocol}";

    /// <summary>
    /// The code system of a question's options. A system of its own for each question, since <c>current</c> as an answer about a medicine
    /// is not <c>current</c> as an answer about an illness.
    /// </summary>
    public static string Codes(string protocol, string question) => $"{Root}:codes:{protocol}:{question}";

    /// <summary>The code system of the protocols' ids.</summary>
    public const string Protocols = Root + ":protocols";

    /// <summary>The code system of a protocol's reasons to override.</summary>
    public static string OverrideReasons(string protocol) => $"{Root}:override-reasons:{protocol}";

    /// <summary>The name of the extension of a card that holds its whole decision.</summary>
    public const string Decision = Root + ":decision";
}
