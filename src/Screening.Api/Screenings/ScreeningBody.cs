using NodaTime;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>From a body to a request that can be decided on.</summary>
internal static class ScreeningBody
{
    /// <summary>Reads the request that a body holds; null when it was refused, and then it has been answered with the problem.</summary>
    /// <param name="context">The call.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="now">The call's one reading of the clock.</param>
    /// <param name="startNeeded">True: an appointment without a start is an error too.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    public static async ValueTask<ScreeningRequest?> ReadAsync(HttpContext context, ScreeningRequestReader reader, Instant now, bool startNeeded, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadJsonAsync(context, cancellation);
        if (body.Status != StatusCodes.Status200OK)
        {
            await ProblemWriter.WriteAsync(context, ProblemKind.OfStatus(body.Status));
            return null;
        }

        var errors = new InputErrors();
        var request = reader.Read(body.Span, now, errors, startNeeded);
        body.Release(context);
        if (request is null)
        {
            await ProblemWriter.WriteAsync(context, errors);
            return null;
        }

        RequestLog.SetProtocol(context, request.Intake.Protocol);
        return request;
    }
}
