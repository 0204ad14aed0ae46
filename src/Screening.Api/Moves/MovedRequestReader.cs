using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Loading;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>
/// Reads the request of a receipt with another appointment: without its slots, by the version in force on its as-of date unless one was
/// pinned, with everything that a record raised. Where the clinic's zone is unknown it is read in every zone that makes a difference, and
/// the worst result counts, as where the decision was made.
/// </summary>
/// <remarks>
/// What a record says may be on another date in another zone, and a receipt has only what it came to in its own. So the zone of a decision on
/// a record stays: whoever knows a better one asks with the record.
/// </remarks>
public sealed class MovedRequestReader(DisclosedRequestReader reader, LoadedProtocols protocols)
{
    private const string ZonePlace = "/appointment/timeZone";

    /// <summary>
    /// Reads what is wrong with an appointment whose receipt gives no request, as far as that can be told without one.
    /// </summary>
    internal void ReadAlone(MovedAppointment appointment, Instant now, InputErrors errors)
    {
        var body = new JsonObject
        {
            ["asOf"] = "1970-01-01T00:00:00Z",
            [MovedAppointment.Member] = appointment.After(null),
            ["answers"] = new JsonObject(),
        };
        var found = new InputErrors();
        reader.Read(body, null, null, found, Options(now));

        // Without a zone of its own the receipt's would count, which is not known.
        foreach (var error in found.All.Where(error => appointment.HasZone || error.Place != ZonePlace))
        {
            errors.Add(error.Place, error.Code, error.Accepted, error.Told);
        }
    }

    /// <summary>
    /// The former decision, made again; null when this service cannot, as it has not the version any more.
    /// </summary>
    /// <param name="receipt">A genuine receipt.</param>
    /// <param name="asked">The JSON of its request.</param>
    internal Decision? Former(ReceiptCheck receipt, JsonElement asked) =>
        protocols.Catalog.FindDigest(ReceiptFormat.DigestIn(receipt.Payload)) is { } version
        && reader.Read(asked.GetRawText(), version) is { } request
            ? Screener.Screen(request.Intake, request.Appointment, request.Today)
            : null;

    /// <summary>Reads the request; null, with the errors reported at their places in it, when it cannot be decided.</summary>
    /// <param name="disclosed">The receipt's request.</param>
    /// <param name="asOf">Its as-of instant.</param>
    /// <param name="isOfAnswersAlone">True when the receipt is of an address that reads no records.</param>
    /// <param name="appointment">The appointment.</param>
    /// <param name="now">When it is moved.</param>
    /// <param name="errors">Receives the errors.</param>
    internal ScreeningRequest? Read(
        DisclosedRequest disclosed, Instant asOf, bool isOfAnswersAlone, MovedAppointment appointment, Instant now, InputErrors errors)
    {
        var former = (JsonObject)disclosed.Body[MovedAppointment.Member]!;
        if (!isOfAnswersAlone && appointment.HasZone
            && (disclosed.IsAnyZone || appointment.ZoneAfter(former)?.Id != (string?)former["timeZone"]))
        {
            ReadAlone(appointment, now, errors);
            return null;
        }

        if (!disclosed.IsAnyZone)
        {
            return ReadIn(appointment.ZoneAfter(former), null, disclosed.Record);
        }

        List<ScreeningRequest?> all = [.. PossibleZones.Of(asOf, appointment.Start?.ToInstant())
            .SelectMany(zone => RecordsIn(zone).Select(record => ReadIn(zone, zone, record)))];
        if (errors.Any)
        {
            return null;
        }

        // Of equal ones the date that the appointment itself states comes first.
        var worst = all.OfType<ScreeningRequest>().MinBy(one => (
            Screener.Screen(one.Intake, one.Appointment, one.Today).Rank, one.Appointment.Start?.Date != appointment.Start?.Local.Date))!;
        return worst with { InAnyZone = [.. all.OfType<ScreeningRequest>().Select(one => new ZoneReading(one.Today, one.Intake))] };

        ScreeningRequest? ReadIn(DateTimeZone? zone, DateTimeZone? assumed, IReadOnlyList<CountedAnswerJson>? record)
        {
            var body = (JsonObject)disclosed.Body.DeepClone();
            body.Remove("slots");
            body[MovedAppointment.Member] = appointment.After(former, assumed);
            var version = VersionIn(disclosed, zone, asOf);
            var counted = appointment.HasAreas ? record?.Where(one => one.Question != version?.Areas.Id).ToList() : record;
            return reader.Read(body, counted, version, errors, Options(now)) is { } request
                ? request with { IsPinned = disclosed.IsPinned, Form = disclosed.Form }
                : null;
        }

        // The readings of a record differ by the date that it is in a zone; on a date that none has, any may be right.
        IEnumerable<IReadOnlyList<CountedAnswerJson>?> RecordsIn(DateTimeZone zone)
        {
            if (disclosed.Readings is not { } readings)
            {
                return [disclosed.Record];
            }

            var today = PartialDate.Of(zone.DateAt(asOf)).ToString();
            List<ZoneReadingJson> own = [.. readings.Where(one => one.Today == today)];
            return (own.Count > 0 ? own : readings).Select(one => one.Record);
        }
    }

    private static ReadingOptions Options(Instant now) => new() { StartNeeded = true, MovedAt = now };

    /// <summary>The version to decide by; null when this service has it no more.</summary>
    private Protocol? VersionIn(DisclosedRequest disclosed, DateTimeZone? zone, Instant asOf)
    {
        var reference = (string)disclosed.Body["protocol"]!;
        var named = disclosed.IsPinned ? reference : reference.Split('@')[0];
        return protocols.Catalog.FindReference(System.Text.Encoding.UTF8.GetBytes(named)) is not { } found ? null
            : zone is null ? found.Likeliest
            : found.On(zone.DateAt(asOf));
    }
}
