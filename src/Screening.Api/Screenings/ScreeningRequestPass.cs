using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>One pass over one request: what was read so far.</summary>
internal ref struct ScreeningRequestPass
{
    private readonly ProtocolCatalog catalog;
    private readonly ReadOnlySpan<byte> body;
    private readonly Instant now;
    private readonly InputErrors errors;
    private readonly bool startNeeded;

    private Members seen;
    private int reference = -1;
    private StatedTime? asOf;
    private DateTimeZone? zone;
    private StatedTime? start;
    private StatedTime? end;
    // Where the answers stand: which questions there are is for the protocol to say, and which version that is, for the as-of date.
    private int answersAt = -1;
    private int areasAt = -1;

    public ScreeningRequestPass(ProtocolCatalog catalog, ReadOnlySpan<byte> body, Instant now, InputErrors errors, bool startNeeded)
    {
        this.catalog = catalog;
        this.body = body;
        this.now = now;
        this.errors = errors;
        this.startNeeded = startNeeded;
    }

    [Flags]
    private enum Members
    {
        None = 0,
        Protocol = 1,
        Appointment = 1 << 1,
        AsOf = 1 << 2,
        Reference = 1 << 3,
        Slots = 1 << 4,
        Clearances = 1 << 5,
        Answers = 1 << 6,
        TimeZone = 1 << 7,
        Start = 1 << 8,
        End = 1 << 9,
        Areas = 1 << 10,
    }

    /// <summary>The texts and counts that are limited whatever the protocol; null when the request has none of them.</summary>
    public ScreeningEnvelope? Envelope { get; private set; }

    /// <summary>Reads every member of the body.</summary>
    public void ReadMembers()
    {
        var reader = new Utf8JsonReader(body, JsonText.Options);
        reader.Read();
        if (JsonText.IsObject(ref reader, string.Empty, errors))
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = reader.ValueTextEquals("answers"u8) ? Members.Answers
                    : reader.ValueTextEquals("protocol"u8) ? Members.Protocol
                    : reader.ValueTextEquals("appointment"u8) ? Members.Appointment
                    : reader.ValueTextEquals("asOf"u8) ? Members.AsOf
                    : reader.ValueTextEquals("reference"u8) ? Members.Reference
                    : reader.ValueTextEquals("slots"u8) ? Members.Slots
                    : reader.ValueTextEquals("clearances"u8) ? Members.Clearances
                    : Members.None;
                if (IsNew(ref reader, string.Empty, member))
                {
                    ReadMember(ref reader, member);
                }
            }

            Missing(Members.Protocol, "/protocol");
            Missing(Members.Appointment, "/appointment");
            Missing(Members.Answers, "/answers");
        }

        // Anything after the value is no JSON.
        reader.Read();
    }

    /// <summary>Puts together what was read; null when anything is wrong.</summary>
    public ScreeningRequest? Finish()
    {
        var instant = asOf is { Offset: { } offset } stated ? stated.Local.WithOffset(offset).ToInstant() : now;
        LocalDate? today = zone is not null && (asOf is not null || (seen & Members.AsOf) == 0) ? instant.InZone(zone).Date : null;
        var protocol = Protocol(today);

        var startInZone = TimeReader.InZone(start, zone, "/appointment/start", today, errors);
        var endInZone = TimeReader.InZone(end, zone, "/appointment/end", null, errors);
        if (endInZone is { } ends && (startInZone is { } starts ? ends.ToInstant() < starts.ToInstant() : (seen & Members.Start) == 0 && ends.Date < today))
        {
            errors.Add("/appointment/end", ErrorCode.EndBeforeStart);
        }

        var slots = Slots(today);
        var said = SaidAnswers.Read(body, answersAt, areasAt, protocol, today, errors);
        var clearances = protocol is null ? [] : ClearanceReader.Judge(Envelope?.Clearances ?? [], protocol, said, today, errors);
        return errors.Any || protocol is null || zone is null || today is null
            ? null
            : new ScreeningRequest(
                new Intake(protocol, said.Answers, clearances),
                new Appointment(zone, startInZone, endInZone, slots),
                instant,
                today.Value,
                Envelope?.Reference);
    }

    private void ReadMember(ref Utf8JsonReader reader, Members member)
    {
        reader.Read();
        switch (member)
        {
            case Members.Protocol:
                ReadProtocol(ref reader);
                break;
            case Members.Appointment:
                ReadAppointment(ref reader);
                break;
            case Members.AsOf:
                asOf = TimeReader.Read(ref reader, "/asOf", errors, offsetNeeded: true);
                break;
            case Members.Reference:
                (Envelope ??= new()).Reference = JsonText.Read(ref reader, "/reference", errors);
                break;
            case Members.Slots:
                (Envelope ??= new()).Slots = ReadSlots(ref reader);
                break;
            case Members.Clearances:
                (Envelope ??= new()).Clearances = ClearanceReader.ReadAll(ref reader, errors);
                break;
            default:
                answersAt = (int)reader.TokenStartIndex;
                reader.Skip();
                break;
        }
    }

    private void ReadProtocol(ref Utf8JsonReader reader)
    {
        if (!JsonText.IsString(ref reader, "/protocol", errors))
        {
            return;
        }

        reference = catalog.FindReference(ref reader);
        if (reference < 0)
        {
            errors.Add("/protocol", ErrorCode.UnknownProtocol);
        }
    }

    private void ReadAppointment(ref Utf8JsonReader reader)
    {
        const string At = "/appointment";
        if (!JsonText.IsObject(ref reader, At, errors))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.ValueTextEquals("timeZone"u8) ? Members.TimeZone
                : reader.ValueTextEquals("start"u8) ? Members.Start
                : reader.ValueTextEquals("end"u8) ? Members.End
                : reader.ValueTextEquals("areas"u8) ? Members.Areas
                : Members.None;
            if (!IsNew(ref reader, At, member))
            {
                continue;
            }

            reader.Read();
            switch (member)
            {
                case Members.TimeZone:
                    if (JsonText.Read(ref reader, "/appointment/timeZone", errors) is { } id && (zone = ClinicZones.Find(id)) is null)
                    {
                        errors.Add("/appointment/timeZone", ErrorCode.UnknownTimeZone);
                    }

                    break;
                case Members.Start:
                    start = TimeReader.Read(ref reader, "/appointment/start", errors);
                    break;
                case Members.End:
                    end = TimeReader.Read(ref reader, "/appointment/end", errors);
                    break;
                default:
                    areasAt = (int)reader.TokenStartIndex;
                    reader.Skip();
                    break;
            }
        }

        Missing(Members.TimeZone, "/appointment/timeZone");
        if (startNeeded && (seen & Members.Start) == 0)
        {
            errors.Add("/appointment/start", ErrorCode.StartNeeded);
        }
    }

    private readonly List<StatedTime?> ReadSlots(ref Utf8JsonReader reader)
    {
        var slots = new List<StatedTime?>();
        if (JsonText.IsArray(ref reader, "/slots", errors))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (slots.Count == JsonText.MostElements)
                {
                    JsonText.SkipRest(ref reader);
                    break;
                }

                slots.Add(TimeReader.Read(ref reader, "/slots", errors, index: slots.Count));
            }
        }

        return slots;
    }

    /// <summary>The protocol that is asked, now that the as-of date is known; the likeliest while it is not.</summary>
    private readonly Protocol? Protocol(LocalDate? today)
    {
        if (reference < 0)
        {
            return null;
        }

        var protocol = today is { } date ? catalog.Resolve(reference, date) : catalog.Guess(reference);
        if (protocol is null)
        {
            errors.Add("/protocol", ErrorCode.NoVersionInForce);
        }

        return protocol;
    }

    private readonly ImmutableArray<ZonedDateTime> Slots(LocalDate? today)
    {
        if (Envelope is null || Envelope.Slots.Count == 0)
        {
            return [];
        }

        var slots = ImmutableArray.CreateBuilder<ZonedDateTime>(Envelope.Slots.Count);
        for (var i = 0; i < Envelope.Slots.Count; i++)
        {
            if (TimeReader.InZone(Envelope.Slots[i], zone, "/slots", today, errors, i) is { } slot)
            {
                slots.Add(slot);
            }
        }

        return slots.DrainToImmutable();
    }

    /// <summary>True when the member is known and was not there before; else the error is noted and the member skipped.</summary>
    private bool IsNew(ref Utf8JsonReader reader, string parent, Members member)
    {
        if (member != Members.None && (seen & member) == 0)
        {
            seen |= member;
            return true;
        }

        errors.Add(Pointer.To(parent, reader.GetString()!), member == Members.None ? ErrorCode.UnknownMember : ErrorCode.RepeatedMember);
        JsonText.SkipMember(ref reader);
        return false;
    }

    private readonly void Missing(Members member, string pointer)
    {
        if ((seen & member) == 0)
        {
            errors.Add(pointer, ErrorCode.MissingMember);
        }
    }
}
