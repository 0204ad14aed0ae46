using System.Security.Cryptography;
using NodaTime;
using Screening.Api.Http;
using Screening.Api.Settings;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>Signs receipts for requests that want one: by <c>Prefer: receipt</c> (RFC 7240), or all of them by a setting.</summary>
public sealed partial class ReceiptIssuer
{
    /// <summary>The request header that a response with a receipt depends on.</summary>
    internal const string Header = "Prefer";

    private const string Preference = "receipt";
    private const string Signed = "signed";
    private const string Failed = "failed";
    private const string TooLong = "too-long";

    // Of a service that knows no address of its own, and is reached on its machine alone.
    private const string LocalIssuer = "http://localhost";

    private readonly SigningKeys keys;
    private readonly ServiceMetrics metrics;
    private readonly ILogger<ReceiptIssuer> log;
    private readonly bool always;

    /// <summary>Reads the setting.</summary>
    public ReceiptIssuer(
        IConfiguration configuration, SigningKeys keys, PublicAddress address, ServiceMetrics metrics, ILogger<ReceiptIssuer> log)
    {
        (this.keys, this.metrics, this.log, Issuer) = (keys, metrics, log, address.Configured ?? LocalIssuer);
        always = ServiceSettings.ReceiptsAlways.Of(configuration);
    }

    /// <summary>How it can end, in metrics.</summary>
    internal static IEnumerable<string> Outcomes => [Signed, Failed, TooLong];

    /// <summary>The name of the key that signs; null without one.</summary>
    internal string? Kid => keys.Signing?.Public.Kid;

    /// <summary>Who signs: the service, by its address.</summary>
    internal string Issuer { get; }

    /// <summary>The preference, described.</summary>
    internal static ParameterDescription Description { get; } = new(
        Header,
        InHeader: true,
        "`receipt`: the decision comes with its `receipt`, and the response has `Preference-Applied: receipt`; a calendar has none. "
            + "Absent: it has none, unless the operator wants one of every decision.");

    /// <summary>The response header that says that the preference was met, described.</summary>
    internal static HeaderDescription Applied { get; } = new("Preference-Applied", "`receipt`, where a receipt was asked for.");

    /// <summary>The problem of a decision that could not be signed, described.</summary>
    internal static ResponseDescription Unavailable { get; } = ResponseDescription.Problem(
        ProblemKind.ReceiptUnavailable, "A receipt was asked for and cannot be signed, so no decision is told.");

    /// <summary>The problem of a decision whose receipt would be too long, described.</summary>
    internal static ResponseDescription Refused { get; } = ResponseDescription.Problem(
        ProblemKind.ReceiptTooLong,
        "The receipt that was asked for would be longer than `POST /v1/decisions/verify` takes (252 KiB; several hundred events make it "
            + "so), so no decision is told.");

    /// <summary>
    /// Signs the receipt, if the request wants one. Returns why there is none, or null: the decision must not be told without it.
    /// </summary>
    /// <param name="context">The request, whose response says that the preference was met.</param>
    /// <param name="door">The address, by the part of its path that names it.</param>
    /// <param name="id">The decision's id.</param>
    /// <param name="now">When it was decided.</param>
    /// <param name="request">The request.</param>
    /// <param name="decision">The decision on it.</param>
    /// <param name="receipt">The receipt; null when none is wanted.</param>
    internal ProblemKind? Sign(
        HttpContext context, string door, Guid id, Instant now, ScreeningRequest request, Decision decision, out string? receipt)
    {
        receipt = null;
        var isPreferred = IsPreferred(context.Request);
        if (!isPreferred && !always)
        {
            return null;
        }

        var problem = Sign(door, id, now, request, decision, out receipt);
        // One of several decisions without a receipt, and none of them is told.
        context.Response.Headers["Preference-Applied"] = problem is null && isPreferred ? Preference : default;

        return problem;
    }

    /// <summary>Signs a receipt. Returns why there is none, or null.</summary>
    internal ProblemKind? Sign(string door, Guid id, Instant now, ScreeningRequest request, Decision decision, out string? receipt)
    {
        receipt = TryWrite(new ReceiptOccasion(Issuer, id, now, door), request, decision);
        var isTooLong = receipt?.Length > ReceiptFormat.MaxLength;
        metrics.Receipts.Add(receipt is null ? Failed : isTooLong ? TooLong : Signed);
        receipt = isTooLong ? null : receipt;
        return receipt is not null ? null : isTooLong ? ProblemKind.ReceiptTooLong : ProblemKind.ReceiptUnavailable;
    }

    private string? TryWrite(ReceiptOccasion occasion, ScreeningRequest request, Decision decision)
    {
        try
        {
            return keys.Signing is { } key ? ReceiptWriter.Write(key, occasion, request, decision) : null;
        }
        catch (CryptographicException)
        {
            // Without what it says.
            LogFailed(log);
            return null;
        }
    }

    /// <summary>
    /// By RFC 7240: the first of that name counts, an empty value is none, another is unknown, and parameters change nothing.
    /// </summary>
    private static bool IsPreferred(HttpRequest request)
    {
        foreach (var line in request.Headers[Header])
        {
            ReadOnlySpan<char> remaining = line;
            while (!remaining.IsEmpty)
            {
                var preference = QualityValues.TakeUntil(ref remaining, ',');
                var value = QualityValues.TakeUntil(ref preference, ';');
                if (QualityValues.TakeUntil(ref value, '=').Trim(" \t").Equals(Preference, StringComparison.OrdinalIgnoreCase))
                {
                    return value.Trim(" \t") is "" or "\"\"";
                }
            }
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A receipt could not be signed: the current key does not work")]
    private static partial void LogFailed(ILogger log);
}
