using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads the JSON of one request: first its own members, then, once the protocol is known, the answers to its questions.</summary>
internal ref struct ScreeningRequestPass(ProtocolCatalog catalog, ReadOnlySpan<byte> body, InputErrors errors, ReadingOptions options)
{
    // The areas are read with the answers.
    private static readonly KnownMembers InAppointment = new(
        required: 1, ("timeZone", Accepted.Zone), ("start", Accepted.Time), ("end", Accepted.Time), ("areas", Accepted.AnyAreas));

    private static readonly KnownMembers InBody =
        new(
            required: 3,
            ("protocol", Accepted.AnyProtocol),
            ("appointment", InAppointment.Accepted),
            ("answers", Accepted.Answers),
            ("asOf", Accepted.Instant),
            ("reference", RequestLimits.Reference),
            ("slots", RequestLimits.Slots),
            ("clearances", RequestLimits.Clearances));

    private readonly ReadOnlySpan<byte> body = body;
    private ProtocolSelector? protocol;
    private Stated<StatedTime> asOf;
    private DateTimeZone? zone;
    private Stated<StatedTime> start;
    private Stated<StatedTime> end;
    private ScreeningEnvelope? envelope;

    // The positions of answers and areas: they are read last, since the questions depend on the protocol, and its version on the as-of
    // date.
    private int answersAt = -1;
    private int areasAt = -1;

    /// <summary>Reads every member of the body except the answers and the areas.</summary>
    public StatedRequest ReadMembers()
    {
        var reader = new Utf8JsonReader(body, JsonText.Options);
        reader.Read();
        if (JsonText.IsObject(ref reader, string.Empty, InBody.Accepted, errors))
        {
            var seen = 0;
            while (InBody.Next(ref reader, string.Empty, ref seen, errors) is { } member)
            {
                ReadMember(ref reader, member);
            }
        }

        // Throws if anything follows the value.
        reader.Read();
        return new StatedRequest
        {
            Protocol = protocol,
            AsOf = asOf,
            Zone = zone,
            Start = start,
            End = end,
            Options = options,
            Envelope = envelope,
        };
    }

    /// <summary>Reads the answers and the areas. Without a protocol only their shape is checked, and the result is null.</summary>
    public readonly AnswerSheet? ReadAnswers(Protocol? questions)
    {
        var sheet = questions is null ? null : new AnswerSheet(questions);
        if (TryAt(answersAt, out var answers))
        {
            AnswersReader.Read(ref answers, sheet, errors);
        }

        if (TryAt(areasAt, out var areas))
        {
            AnswersReader.ReadAreas(ref areas, sheet, errors);
        }

        return sheet;
    }

    private void ReadMember(ref Utf8JsonReader reader, string member)
    {
        switch (member)
        {
            case "protocol":
                ReadProtocol(ref reader);
                break;
            case "appointment":
                ReadAppointment(ref reader);
                break;
            case "asOf":
                asOf = new(true, ReadTime(ref reader, "/asOf", isInstant: true));
                break;
            case "reference":
                envelope = (envelope ?? new()) with { Reference = JsonText.Read(ref reader, "/reference", RequestLimits.Reference, errors) };
                break;
            case "slots":
                envelope = (envelope ?? new()) with { Slots = ReadSlots(ref reader) };
                break;
            case "clearances":
                envelope = (envelope ?? new()) with { Clearances = ClearanceReader.ReadAll(ref reader, errors) };
                break;
            default:
                answersAt = (int)reader.TokenStartIndex;
                reader.Skip();
                break;
        }
    }

    private void ReadProtocol(ref Utf8JsonReader reader)
    {
        if (JsonText.IsString(ref reader, "/protocol", Accepted.AnyProtocol, errors)
            && (protocol = catalog.FindReference(JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]))) is null)
        {
            errors.Add("/protocol", ErrorCode.UnknownProtocol, catalog.Accepted);
        }
    }

    private void ReadAppointment(ref Utf8JsonReader reader)
    {
        if (!JsonText.IsObject(ref reader, "/appointment", InAppointment.Accepted, errors))
        {
            return;
        }

        var seen = 0;
        while (InAppointment.Next(ref reader, "/appointment", ref seen, errors) is { } member)
        {
            switch (member)
            {
                case "timeZone":
                    if (JsonText.Read(ref reader, "/appointment/timeZone", Accepted.Zone, errors) is { } id && (zone = ClinicZones.Find(id)) is null)
                    {
                        errors.Add("/appointment/timeZone", ErrorCode.UnknownTimeZone, Accepted.Zone);
                    }

                    break;
                case "start":
                    start = new(true, ReadTime(ref reader, "/appointment/start"));
                    break;
                case "end":
                    end = new(true, ReadTime(ref reader, "/appointment/end"));
                    break;
                default:
                    areasAt = (int)reader.TokenStartIndex;
                    reader.Skip();
                    break;
            }
        }

        if (options.StartNeeded && !start.IsPresent)
        {
            errors.Add("/appointment/start", ErrorCode.StartNeeded, Accepted.Time);
        }
    }

    private readonly List<StatedTime?> ReadSlots(ref Utf8JsonReader reader)
    {
        var slots = new List<StatedTime?>();
        if (JsonText.IsArray(ref reader, "/slots", RequestLimits.Slots, errors))
        {
            while (JsonText.NextElement(ref reader, slots.Count, out _))
            {
                slots.Add(ReadTime(ref reader, "/slots", slot: slots.Count));
            }
        }

        return slots;
    }

    /// <summary>
    /// Reads a time; null, with the error reported, when it is invalid. An instant needs an offset and seconds; the time of an appointment
    /// may omit either.
    /// </summary>
    private readonly StatedTime? ReadTime(ref Utf8JsonReader reader, string pointer, bool isInstant = false, int? slot = null)
    {
        if (reader.TokenType == JsonTokenType.String
            && StatedTime.TryParse(JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]), out var time, secondsOptional: !isInstant)
            && (time.Offset is not null || !isInstant))
        {
            return time;
        }

        pointer = slot is { } index ? Pointer.To(pointer, index) : pointer;
        var accepted = isInstant ? Accepted.Instant : Accepted.Time;
        if (JsonText.IsString(ref reader, pointer, accepted, errors) && !(options.EachSlot && slot is not null))
        {
            errors.Add(pointer, ErrorCode.InvalidDateTime, accepted);
        }

        return null;
    }

    private readonly bool TryAt(int position, out Utf8JsonReader reader)
    {
        reader = position < 0 ? default : new Utf8JsonReader(body[position..], JsonText.Options);
        return position >= 0 && reader.Read();
    }
}
