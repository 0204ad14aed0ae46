using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Reads a request from its bytes, strictly: members in any order, every error noted with its pointer. Answers and areas are read once it is known which
/// version's questions they are to, whatever the order of the members.
/// </summary>
/// <param name="catalog">The protocols; asked when a request comes, since the host is put together while they load.</param>
/// <param name="checkLimits">Checks the limits of the request's own texts and counts, which no protocol sets.</param>
public sealed class ScreeningRequestReader(Func<ProtocolCatalog> catalog, Action<ScreeningEnvelope, InputErrors> checkLimits)
{
    private readonly Func<ProtocolCatalog> catalog = catalog;
    private readonly Action<ScreeningEnvelope, InputErrors> checkLimits = checkLimits;

    /// <summary>Reads a request; null when anything is wrong with it, and then the errors say what.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="now">The request's one reading of the clock; counts only when the request has no <c>asOf</c>.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="startNeeded">True: an appointment without a start is an error too.</param>
    public ScreeningRequest? Read(ReadOnlySpan<byte> body, Instant now, InputErrors errors, bool startNeeded = false) =>
        Read(body, now, errors, out _, startNeeded);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, Instant, InputErrors, bool)"/>
    /// <param name="body">The body's bytes.</param>
    /// <param name="now">The request's one reading of the clock; counts only when the request has no <c>asOf</c>.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="reference">The sender's reference, of a refused request too; null when there is none, or when it is itself in error.</param>
    /// <param name="startNeeded">True: an appointment without a start is an error too.</param>
    public ScreeningRequest? Read(ReadOnlySpan<byte> body, Instant now, InputErrors errors, out string? reference, bool startNeeded = false)
    {
        reference = null;
        try
        {
            if (JsonText.IsUnicode(body))
            {
                return ReadJson(body, now, errors, out reference, startNeeded);
            }
        }
        catch (JsonException)
        {
            // The tokenizer's own message would name positions and bytes of the body.
        }

        errors.Clear();
        errors.Add(string.Empty, ErrorCode.InvalidJson);
        return null;
    }

    private ScreeningRequest? ReadJson(ReadOnlySpan<byte> body, Instant now, InputErrors errors, out string? reference, bool startNeeded)
    {
        var pass = new ScreeningRequestPass(catalog(), body, errors, startNeeded);
        var stated = pass.ReadMembers();
        var limits = new InputErrors();
        if (stated.Envelope is { } envelope)
        {
            checkLimits(envelope, limits);
            errors.Add(limits);
        }

        var validation = new RequestValidation(stated, RequestPlaces.Json, now, errors);
        var request = validation.Finish(pass.ReadAnswers(validation.Protocol));

        // Asked of both: a body that is full of errors does not tell the last of them.
        reference = IsAbout(limits) || IsAbout(errors) ? null : stated.Envelope?.Reference;
        return request;
    }

    private static bool IsAbout(InputErrors errors) => errors.Any && errors.All.Any(error => error.Place == "/reference");
}
