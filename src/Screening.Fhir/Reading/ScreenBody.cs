using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// The body of an operation. The parts that decide are read strictly: the parameters, the response, the appointment, and the record's
/// Bundles themselves. The resources of the record are read as far as possible, like those of a hook.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Flaws">The entries of the record with errors.</param>
public sealed record ScreenBody(Parameters Parameters, IReadOnlyList<RecordGap> Flaws)
{
    /// <summary>The name of the parameter that holds the record.</summary>
    public const string RecordParameter = "record";

    /// <summary>The name of the parameters that hold parts of a record.</summary>
    public const string ContextParameter = "context";

    /// <summary>The name of the parts of such a parameter that hold a resource.</summary>
    public const string ContentPart = "content";

    /// <summary>Reads a body; null when it has any error.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="format">Their format.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="protocol">The protocol whose form the body has, for the details of errors.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static ScreenBody? Read(
        ReadOnlySpan<byte> body, FhirFormat format, InputErrors errors, Protocol? protocol, CancellationToken cancellation)
    {
        if (!ResourceReader.IsWithinLimits(body, format, nameof(Parameters), errors))
        {
            return null;
        }

        if (!Parsing.Try(body, bytes => format == FhirFormat.Xml ? BodyParts.OfXml(bytes) : BodyParts.OfJson(bytes), out var parts))
        {
            // Within the limits every member is readable, so the error must be a repeated one.
            ResourceReader.ReadRepeated(body, nameof(Parameters), errors);
            return null;
        }

        if (ResourceReader.Read<Parameters>(parts.Strict, format, errors, protocol, cancellation) is not { } parameters)
        {
            return null;
        }

        var merger = new EntryMerger();
        foreach (var part in parts.Record)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{nameof(Parameters)}.parameter[{part.Parameter}]");
            var owner = parameters.Parameter[part.Parameter];
            if (part.Part is { } i)
            {
                (owner, at) = (owner.Part[i], string.Create(CultureInfo.InvariantCulture, $"{at}.part[{i}]"));
            }

            if (part.IsBundle && owner.Resource is Bundle bundle)
            {
                merger.Open(bundle, part.Raw, at + ".resource");
            }
            else
            {
                merger.AddWhole(part.Raw, resource => owner.Resource = resource, at + ".resource");
            }
        }

        merger.Fill(cancellation);
        return new ScreenBody(parameters, merger.Flaws);
    }

    /// <summary>Puts the readable parts of the entries back into their Bundles.</summary>
    private sealed class EntryMerger
    {
        private readonly List<(RawResource Raw, Action<Resource?> Put, string At)> resources = [];

        public List<RecordGap> Flaws { get; } = [];

        /// <summary>Opens a Bundle, and those within it.</summary>
        public void Open(Bundle bundle, RawResource raw, string at)
        {
            foreach (var (i, one) in (raw.Entries ?? []).Index())
            {
                var entryAt = string.Create(CultureInfo.InvariantCulture, $"{at}.entry[{i}]");
                var entry = Around(one, entryAt);
                bundle.Entry.Add(entry);
                if (one.Resource is { Type: nameof(Bundle), Entries: not null } within)
                {
                    var inner = Skeleton(within, entryAt + ".resource");
                    entry.Resource = inner;
                    Open(inner, within, entryAt + ".resource");
                }
                else if (one.Resource is { } resource)
                {
                    Add(resource, read => entry.Resource = read, entryAt + ".resource");
                }
            }
        }

        /// <summary>Adds a resource that is no entry of a Bundle; without any readable part an empty Bundle stays in its place.</summary>
        public void AddWhole(RawResource raw, Action<Resource> put, string at) => Add(
            raw,
            read =>
            {
                if (read is null)
                {
                    Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
                }
                else
                {
                    put(read);
                }
            },
            at);

        /// <summary>Adds a resource, to be put into its place when it has been read.</summary>
        private void Add(RawResource raw, Action<Resource?> put, string at) => resources.Add((raw, put, at));

        public void Fill(CancellationToken cancellation)
        {
            var read = RecordEntries.Read(resources.ConvertAll(one => one.Raw), cancellation);
            foreach (var ((_, put, at), (resource, inFull)) in resources.Zip(read))
            {
                put(resource);

                // Without any readable part the entry itself is a gap, like one without a resource.
                if (!inFull && resource is not null)
                {
                    Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
                }
            }
        }

        /// <summary>The entry without its resource; of an invalid one only the elements that are used in a record.</summary>
        private Bundle.EntryComponent Around(RawEntry one, string at)
        {
            if (one.Around is not { } around)
            {
                return new Bundle.EntryComponent();
            }

            if (around.ReadIfValid(CancellationToken.None) is Bundle { Entry: [var whole] })
            {
                return whole;
            }

            // An entry without a resource is reported as such.
            if (one.Resource is not null)
            {
                Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
            }

            return new Bundle.EntryComponent { FullUrl = one.FullUrl, ModifierExtension = one.IsModified ? [new Extension()] : [] };
        }

        private Bundle Skeleton(RawResource within, string at)
        {
            var rest = within.WithoutEntries();
            if (rest.ReadIfValid(CancellationToken.None) is Bundle whole)
            {
                return whole;
            }

            // An unreadable Bundle may be an incomplete one.
            Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
            return new Bundle { Type = Bundle.BundleType.Collection, ImplicitRulesElement = rest.IsModified ? new FhirUri() : null };
        }
    }
}
