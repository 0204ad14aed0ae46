using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>The intake form of a protocol, for people.</summary>
public sealed class GetIntakeFormEndpoint(LoadedProtocols protocols, ClinicZone zone) : ApiEndpoint
{
    private static readonly ParameterDescription LanguageParameter = new(
        FormNames.Language,
        InHeader: false,
        "The language of the form. Absent: that of `Accept-Language`.",
        [.. Language.All.Select(language => language.Tag)]);

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(IntakeFormParts.Route);
        Describe(
            "GetIntakeForm",
            IntakeFormParts.Tag,
            "The intake form, to be filled in by a person",
            "A page made of the protocol's questions, in one file and without a script. "
                + "What is typed in it is sent to the same address, and kept nowhere.",
            IntakeFormParts.Page,
            IntakeFormParts.NotFound);
        Summary(summary => summary.Params[IntakeFormParts.Protocol] = IntakeFormParts.ProtocolMeaning);
        Options(route => route.WithMetadata(IntakeDoor.Instance, LanguageParameter, ParameterDescription.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.Vary = "Accept-Language";
        var name = Route<string>(IntakeFormParts.Protocol)!;
        if (await IntakeFormParts.FindAsync(HttpContext, protocols, name, zone.Configured) is not { } protocol)
        {
            return;
        }

        RequestLog.SetProtocol(HttpContext, protocol);
        var language = Language.Find(HttpContext.Request.Query[FormNames.Language].ToString()) ?? Languages.Of(HttpContext.Request);
        var content = IntakeFormParts.Content(HttpContext, protocol, SentForm.Empty, language, zone);
        await IntakeFormParts.SendFormAsync(HttpContext, content, StatusCodes.Status200OK);
    }
}
