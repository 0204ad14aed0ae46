using System.Text.Json;
using NodaTime;
using Screening.Api.Loading;
using Screening.Api.Screenings;

namespace Screening.Rules;

/// <summary>
/// Reads a request from its bytes, strictly and in one pass: members in any order, every error noted with its pointer. What the protocol
/// decides (answers, areas) is read as soon as the protocol is named, or afterwards when it is named last.
/// </summary>
public sealed class ScreeningRequestReader(LoadedProtocols protocols, ScreeningEnvelopeValidator validator)
{
    /// <summary>
    /// Reads a request; null when anything is wrong with it, and then the errors say what.
    /// </summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="now">The request's one reading of the clock; counts only when the request has no <c>asOf</c>.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="startNeeded">True: an appointment without a start is an error too.</param>
    public ScreeningRequest? Read(ReadOnlySpan<byte> body, Instant now, InputErrors errors, bool startNeeded = false) => Read(body, now, errors, out _, startNeeded);

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
                var pass = new ScreeningRequestPass(protocols.Catalog, body, now, errors, startNeeded);
                pass.ReadMembers();
                if (pass.Envelope is { } envelope)
                {
                    validator.Validate(envelope, errors);
                }

                var request = pass.Finish();
                reference = errors.Any && errors.All.Any(error => error.Pointer == "/reference") ? null : pass.Envelope?.Reference;
                return request;
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
}
