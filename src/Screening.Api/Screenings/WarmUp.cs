using System.Text;
using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>
/// Screens once at startup, from request bytes to response bytes, so that the first user does not wait for code to be compiled.
/// </summary>
internal static class WarmUp
{
    /// <summary>Screens each protocol's baseline. The results are ignored: the worked examples were verified at load.</summary>
    public static void Run(ProtocolCatalog catalog)
    {
        var reader = new ScreeningRequestReader(() => catalog, new ScreeningEnvelopeValidator().Validate);
        foreach (var protocol in catalog.Families.SelectMany(family => family.Versions))
        {
            var baseline = protocol.Document.Baseline;
            var body = $$"""{"protocol":"{{protocol.Reference}}","appointment":{"timeZone":"UTC","start":"{{PartialDate.Of(baseline.Date)}}T12:00:00"},"asOf":"{{PartialDate.Of(baseline.AsOf)}}T12:00:00Z","answers":{{baseline.Answers.GetRawText()}}}""";
            if (reader.Read(Encoding.UTF8.GetBytes(body), Instant.MinValue, new InputErrors()) is { } request)
            {
                using var output = new Utf8Output(DecisionWriter.InitialCapacity);
                DecisionWriter.Write(output, Guid.Empty, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.English);
            }
        }
    }
}
