using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Screenings;

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
    // What the protocol decides. It is read again, with new errors, should the as-of date turn out to pick another version.
    private Protocol? readWith;
    private int areasAt = -1;
    private Protocol? areasReadWith;
    private int answersAt = -1;
    private Protocol? answersReadWith;
    private InputErrors protocolErrors = new();
    private Answer[] answers = [];
    private ulong unreadable;

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
        var protocol = FinishProtocol(today);

        var startInZone = InZone(start, "/appointment/start", today);
        var endInZone = InZone(end, "/appointment/end", null);
        if (endInZone is { } ends && (startInZone is { } starts ? ends.ToInstant() < starts.ToInstant() : (seen & Members.Start) == 0 && ends.Date < today))
        {
            errors.Add("/appointment/end", ErrorCode.EndBeforeStart);
        }

        var slots = Slots(today);
        var clearances = protocol is null ? [] : Clearances(protocol, today);
        errors.AddRange(protocolErrors);
        return errors.Any || protocol is null || zone is null || today is null
            ? null
            : new ScreeningRequest(
                new Intake(protocol, answers, clearances),
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
                asOf = ReadTime(ref reader, "/asOf", offsetNeeded: true);
                break;
            case Members.Reference:
                (Envelope ??= new()).Reference = JsonText.Read(ref reader, "/reference", errors);
                break;
            case Members.Slots:
                (Envelope ??= new()).Slots = ReadSlots(ref reader);
                break;
            case Members.Clearances:
                (Envelope ??= new()).Clearances = ReadClearances(ref reader);
                break;
            default:
                answersAt = (int)reader.TokenStartIndex;
                ReadAnswers(ref reader);
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
            return;
        }

        Begin(catalog.Guess(reference));
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
                    start = ReadTime(ref reader, "/appointment/start", offsetNeeded: false);
                    break;
                case Members.End:
                    end = ReadTime(ref reader, "/appointment/end", offsetNeeded: false);
                    break;
                default:
                    areasAt = (int)reader.TokenStartIndex;
                    ReadAreas(ref reader);
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

                slots.Add(ReadTime(ref reader, "/slots", offsetNeeded: false, slots.Count));
            }
        }

        return slots;
    }

    private readonly List<StatedClearance> ReadClearances(ref Utf8JsonReader reader)
    {
        var clearances = new List<StatedClearance>();
        if (JsonText.IsArray(ref reader, "/clearances", errors))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (clearances.Count == JsonText.MostElements)
                {
                    JsonText.SkipRest(ref reader);
                    break;
                }

                clearances.Add(ClearanceReader.Read(ref reader, Pointer.To("/clearances", clearances.Count), errors));
            }
        }

        return clearances;
    }

    private void ReadAnswers(ref Utf8JsonReader reader)
    {
        answersReadWith = readWith;
        if (readWith is not null)
        {
            unreadable |= AnswersReader.Read(ref reader, readWith, answers, protocolErrors);
        }
        else
        {
            AnswersReader.ReadUnjudged(ref reader, protocolErrors);
        }
    }

    private void ReadAreas(ref Utf8JsonReader reader)
    {
        const string At = "/appointment/areas";
        areasReadWith = readWith;
        if (readWith is null)
        {
            ReadUnjudgedAreas(ref reader, At);
            return;
        }

        var question = readWith.Areas;
        var read = AnswersReader.TryRead(ref reader, question, out answers[question.Index], protocolErrors);
        if (read && answers[question.Index].Codes == 0)
        {
            protocolErrors.Add(At, ErrorCode.EmptyList);
            read = false;
        }

        unreadable |= read ? 0 : 1UL << question.Index;
    }

    /// <summary>Without a protocol nothing says which codes there are; the list itself can still be wrong.</summary>
    private readonly void ReadUnjudgedAreas(ref Utf8JsonReader reader, string pointer)
    {
        if (!JsonText.IsArray(ref reader, pointer, protocolErrors))
        {
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (JsonText.Read(ref reader, Pointer.To(pointer, index), protocolErrors) is { } code && !codes.Add(code))
            {
                protocolErrors.Add(Pointer.To(pointer, index), ErrorCode.RepeatedCode);
            }
        }

        if (index == 0)
        {
            protocolErrors.Add(pointer, ErrorCode.EmptyList);
        }
    }

    /// <summary>Starts to read with a protocol, or without one when none is in force: nothing of what it decides is known yet.</summary>
    private void Begin(Protocol? protocol)
    {
        readWith = protocol;
        protocolErrors = new InputErrors();
        answers = protocol is null ? [] : new Answer[protocol.Questions.Length];
        unreadable = 0;
    }

    /// <summary>Settles the protocol, now that the as-of date is known, and reads what it decides unless that was read with it already.</summary>
    private Protocol? FinishProtocol(LocalDate? today)
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

        if ((answersAt >= 0 && answersReadWith != protocol) || (areasAt >= 0 && areasReadWith != protocol))
        {
            Begin(protocol);
            if (answersAt >= 0)
            {
                var reader = ReaderAt(answersAt);
                ReadAnswers(ref reader);
            }

            if (areasAt >= 0)
            {
                var reader = ReaderAt(areasAt);
                ReadAreas(ref reader);
            }
        }

        if (protocol is not null)
        {
            Contradiction.Check(protocol, answers, unreadable, today, protocolErrors);
        }

        return protocol;
    }

    private readonly Utf8JsonReader ReaderAt(int position)
    {
        var reader = new Utf8JsonReader(body[position..], JsonText.Options);
        reader.Read();
        return reader;
    }

    private ImmutableArray<Clearance> Clearances(Protocol protocol, LocalDate? today)
    {
        if (Envelope is null || Envelope.Clearances.Count == 0)
        {
            return [];
        }

        var clearances = ImmutableArray.CreateBuilder<Clearance>(Envelope.Clearances.Count);
        for (var i = 0; i < Envelope.Clearances.Count; i++)
        {
            var stated = Envelope.Clearances[i];
            if (stated.RuleId is null)
            {
                continue;
            }

            var pointer = Pointer.To(Pointer.To("/clearances", i), "ruleId");
            if (!protocol.RuleIndexes.TryGetValue(stated.RuleId, out var rule))
            {
                errors.Add(pointer, ErrorCode.UnknownCode);
            }
            else if (clearances.Any(c => c.Rule == rule))
            {
                errors.Add(pointer, ErrorCode.RepeatedCode);
            }
            else if ((protocol.Rules[rule].EvidenceBits & unreadable) == 0 && !Screener.CanClear(protocol, answers, rule, today ?? protocol.EffectiveFrom))
            {
                errors.Add(pointer, ErrorCode.NotReviewFinding);
            }
            else
            {
                clearances.Add(new Clearance(rule, stated.By ?? string.Empty, stated.On ?? default, stated.Note));
            }
        }

        return clearances.DrainToImmutable();
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
            if (InZone(Envelope.Slots[i], "/slots", today, i) is { } slot)
            {
                slots.Add(slot);
            }
        }

        return slots.DrainToImmutable();
    }

    /// <summary>A stated time in the clinic's zone; null when it is absent or cannot be used, and then the errors say so.</summary>
    private readonly ZonedDateTime? InZone(StatedTime? stated, string pointer, LocalDate? notBefore, int? index = null)
    {
        if (stated is not { } time || zone is null)
        {
            return null;
        }

        if (!time.TryInZone(zone, out var inZone))
        {
            errors.Add(At(pointer, index), ErrorCode.SkippedLocalTime);
            return null;
        }

        if (inZone.Date < notBefore)
        {
            errors.Add(At(pointer, index), ErrorCode.DateBeforeAsOf);
            return null;
        }

        return inZone;
    }

    /// <summary>The pointer to an element of a list, or to the member itself; made only for an error.</summary>
    private static string At(string pointer, int? index) => index is { } i ? Pointer.To(pointer, i) : pointer;

    private readonly StatedTime? ReadTime(ref Utf8JsonReader reader, string pointer, bool offsetNeeded, int? index = null)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            JsonText.IsString(ref reader, At(pointer, index), errors);
            return null;
        }

        if (JsonText.TryTime(ref reader, out var time) && (time.Offset is not null || !offsetNeeded))
        {
            return time;
        }

        errors.Add(At(pointer, index), ErrorCode.InvalidDateTime);
        return null;
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
