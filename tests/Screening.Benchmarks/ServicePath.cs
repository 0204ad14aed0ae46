using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Screenings;
using Screening.Rules;

namespace Screening.Benchmarks;

/// <summary>The service's own path from bytes to bytes, as its endpoint walks it, without HTTP.</summary>
internal static class ServicePath
{
    public static readonly Instant Now = Instant.FromUtc(2026, 12, 10, 15, 0);

    private static readonly ProtocolCatalog Catalog = ProtocolFiles.Load(null);
    private static readonly ScreeningRequestReader Reader = new(() => Catalog, new ScreeningEnvelopeValidator().Validate);

    public static ScreeningRequest Read(byte[] body) => Reader.Read(body, Now, new InputErrors()) ?? throw new InvalidOperationException("The sample is not a valid request.");

    public static Decision Decide(ScreeningRequest request) => Screener.Screen(request.Intake, request.Appointment, request.Today);

    public static void Write(ScreeningRequest request, Decision decision, Utf8Output output) =>
        DecisionWriter.Write(output, DecisionId.New(Now), request, decision, Language.English);

    /// <summary>All of it; returns the length of the answer.</summary>
    public static int Answer(byte[] body)
    {
        var request = Read(body);
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        Write(request, Decide(request), output);
        return output.Written.Length;
    }

    public static byte[] AnswerBytes(byte[] body)
    {
        var request = Read(body);
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        Write(request, Decide(request), output);
        return output.Written.ToArray();
    }
}
