using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>One request's JSON: its own members first, then, once the protocol is known, the answers to its questions.</summary>
internal ref struct ScreeningRequestPass
{
    private readonly ProtocolCatalog catalog;
    private readonly ReadOnlySpan<byte> body;
    private readonly InputErrors errors;
    private readonly bool startNeeded;

    private Members seen;
    private ProtocolSelector? protocol;
    private StatedTime? asOf;
    private DateTimeZone? zone;
    private StatedTime? start;
    private StatedTime? end;
    private ScreeningEnvelope? envelope;

    // Where the answers stand: which questions there are is for the protocol to say, and which version that is, for the as-of date.
    private int answersAt = -1;
    private int areasAt = -1;

    public ScreeningRequestPass(ProtocolCatalog catalog, ReadOnlySpan<byte> body, InputErrors errors, bool startNeeded)
    {
        this.catalog = catalog;
        this.body = body;
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

    /// <summary>Reads every member of the body but the answers and the areas.</summary>
    public StatedRequest ReadMembers()
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
        return new StatedRequest
        {
            Protocol = protocol,
            AsOf = new((seen & Members.AsOf) != 0, asOf),
            Zone = zone,
            Start = new((seen & Members.Start) != 0, start),
            End = new((seen & Members.End) != 0, end),
            Envelope = envelope,
        };
    }

    /// <summary>Reads the answers and the areas; without a protocol only their form can be wrong, and nothing comes of it.</summary>
    public readonly AnswerSheet? ReadAnswers(Protocol? questions)
    {
        var sheet = questions is null ? null : new AnswerSheet(questions);
        if (answersAt >= 0)
        {
            var reader = At(answersAt);
            if (sheet is null)
            {
                AnswersReader.ReadUnjudged(ref reader, errors);
            }
            else
            {
                AnswersReader.Read(ref reader, sheet, errors);
            }
        }

        if (areasAt >= 0)
        {
            var reader = At(areasAt);
            if (sheet is null)
            {
                AnswersReader.ReadUnjudgedAreas(ref reader, errors);
            }
            else
            {
                AnswersReader.ReadAreas(ref reader, sheet, errors);
            }
        }

        return sheet;
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
                asOf = ReadTime(ref reader, "/asOf", isInstant: true);
                break;
            case Members.Reference:
                envelope = (envelope ?? new()) with { Reference = JsonText.Read(ref reader, "/reference", errors) };
                break;
            case Members.Slots:
                envelope = (envelope ?? new()) with { Slots = ReadSlots(ref reader) };
                break;
            case Members.Clearances:
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
        if (!JsonText.IsString(ref reader, "/protocol", errors))
        {
            return;
        }

        protocol = catalog.FindReference(JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]));
        if (protocol is null)
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
                    start = ReadTime(ref reader, "/appointment/start");
                    break;
                case Members.End:
                    end = ReadTime(ref reader, "/appointment/end");
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

                slots.Add(ReadTime(ref reader, "/slots", slot: slots.Count));
            }
        }

        return slots;
    }

    /// <summary>
    /// The time that the reader stands on; null, with the error noted, when it is none. An instant has its offset and its seconds; the time
    /// of an appointment may leave out either.
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
        if (JsonText.IsString(ref reader, pointer, errors))
        {
            errors.Add(pointer, ErrorCode.InvalidDateTime);
        }

        return null;
    }

    private readonly Utf8JsonReader At(int position)
    {
        var reader = new Utf8JsonReader(body[position..], JsonText.Options);
        reader.Read();
        return reader;
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
