using System.Text;
using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>Screens once before anyone asks, from bytes to bytes, so that the first person does not wait for code that never ran.</summary>
internal static class WarmUp
{
    /// <summary>Screens each protocol's own baseline. What comes out is not looked at: the worked examples were.</summary>
    public static void Run(ProtocolCatalog catalog)
    {
        var reader = new ScreeningRequestReader(() => catalog, new ScreeningEnvelopeValidator().Validate);
        foreach (var protocol in catalog.Families.SelectMany(family => family.Versions))
        {
            var baseline = protocol.Document.Baseline;
            var body = $$"""{"protocol":"{{protocol.Reference}}","appointment":{"timeZone":"UTC","start":"{{PartialDate.Of(baseline.Date)}}T12:00:00"},"asOf":"{{PartialDate.Of(baseline.AsOf)}}T12:00:00Z","answers":{{baseline.Answers.GetRawText()}}}""";
            if (reader.Read(Encoding.UTF8.GetBytes(body), Instant.MinValue, new InputErrors()) is { } request)
            {
                using var output = new Utf8Output(DecisionWriter.UsualLength);
                DecisionWriter.Write(output, Guid.Empty, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.English);
            }
        }
    }
}
