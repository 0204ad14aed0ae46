using NodaTime;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Settings;
using Screening.Fhir.Questionnaires;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>Finds intake forms by their canonical URL.</summary>
public sealed class SearchQuestionnairesEndpoint(
    LoadedProtocols protocols, FormSettings forms, PublicAddress address) : FhirEndpoint
{
    private const string Path = FhirRequest.Base + "/Questionnaire";
    private const string Url = "url";
    private const string FormVersion = "version";

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(Path);
        Describe(
            "SearchQuestionnaires",
            Tag,
            "The intake form of a canonical URL",
            "A searchset Bundle with the Questionnaire of this name: `url` takes every name under which `$screen` accepts a completed "
                + "form. Without a version it is the one that is in force today (the date in UTC). No match is an empty Bundle.",
            new ResponseDescription(StatusCodes.Status200OK, typeof(FhirSearchBundle), Json, "The Bundle.")
            {
                Headers = [ETag, new("Content-Language", $"The language of the texts, {Language.Names}.")],
            },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            NotModified,
            Problem(ProblemKind.InvalidParameter, "`url` is absent."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."));
        Options(route => route.WithMetadata(
            new ParameterDescription(Url, InHeader: false, "The form's canonical URL, perhaps with `|version`.", IsRequired: true),
            new ParameterDescription(FormVersion, InHeader: false, "The protocol's version, such as `1.0.0`.")));
        DescribeQuery();
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await ResponseFormatAsync() is not { } format)
        {
            return;
        }

        var query = HttpContext.Request.Query;
        if (query[Url] is not [{ } url])
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.InvalidParameter);
            return;
        }

        var version = query[FormVersion] is [var stated] ? stated : null;
        var today = DateTimeZone.Utc.DateAt(RequestTime.Of(HttpContext));
        var language = SetResponseLanguage();
        var found = QuestionnaireSearch.Find(protocols.Catalog, forms.Names, url, version, today)
            .Select(protocol => (AddressOf(Path + "/" + protocol.Id), QuestionnaireBuilder.Build(protocol, language)));
        await FhirResponse.SendTaggedAsync(HttpContext, QuestionnaireSearch.Bundle(Self(url, version), [.. found]), format);
    }

    private string? AddressOf(string path) => address.Of(HttpContext.Request, path);

    private string Self(string url, string? version)
    {
        var query = $"?{Url}={Uri.EscapeDataString(url)}" + (version is null ? null : $"&{FormVersion}={Uri.EscapeDataString(version)}");
        return (AddressOf(Path) ?? Path) + query;
    }
}
