using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Reads a request strictly: members in any order, every error reported with its pointer. Answers and areas are read once the protocol
/// version is known, whatever the order of the members.
/// </summary>
/// <param name="catalog">Returns the protocols. Called for each request, since the host is built while they load.</param>
/// <param name="checkLimits">Checks the limits of the request's own texts and counts, which do not depend on a protocol.</param>
public sealed class ScreeningRequestReader(Func<ProtocolCatalog> catalog, EnvelopeLimits checkLimits)
{
    private readonly Func<ProtocolCatalog> catalog = catalog;
    private readonly EnvelopeLimits checkLimits = checkLimits;

    /// <summary>Reads a request; null when it has any error.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="now">The request's single reading of the clock, used only when it has no <c>asOf</c>.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="options">What else the caller asked for.</param>
    public ScreeningRequest? Read(ReadOnlySpan<byte> body, Instant now, InputErrors errors, ReadingOptions options = default) =>
        Read(body, now, errors, out _, options);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, Instant, InputErrors, ReadingOptions)"/>
    /// <param name="body">The body's bytes.</param>
    /// <param name="now">The request's single reading of the clock, used only when it has no <c>asOf</c>.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="reference">The client's reference, also of a rejected request; null when absent or invalid.</param>
    /// <param name="options">What else the caller asked for.</param>
    public ScreeningRequest? Read(
        ReadOnlySpan<byte> body, Instant now, InputErrors errors, out string? reference, ReadingOptions options = default)
    {
        reference = null;
        try
        {
            if (JsonText.IsUnicode(body))
            {
                return ReadJson(body, now, errors, out reference, options);
            }
        }
        catch (JsonException)
        {
            // The tokenizer's message would reveal bytes of the body.
        }

        errors.Clear();
        JsonFault.Report(body, JsonText.Options.MaxDepth, string.Empty, errors);
        return null;
    }

    private ScreeningRequest? ReadJson(
        ReadOnlySpan<byte> body, Instant now, InputErrors errors, out string? reference, ReadingOptions options)
    {
        var pass = new ScreeningRequestPass(catalog(), body, errors, options);
        var stated = pass.ReadMembers();
        var limits = new InputErrors();
        if (stated.Envelope is { } envelope)
        {
            checkLimits(envelope, limits);
            errors.Add(limits);
        }

        var validation = new RequestValidation(stated, RequestPlaces.Json, now, errors);
        var request = validation.Finish(pass.ReadAnswers(validation.Protocol));

        // Check both: a list full of errors omits the last ones.
        reference = IsAbout(limits) || IsAbout(errors) ? null : stated.Envelope?.Reference;
        return request;
    }

    private static bool IsAbout(InputErrors errors) => errors.Any && errors.All.Any(error => error.Place == "/reference");
}
