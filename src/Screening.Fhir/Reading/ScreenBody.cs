using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// The body of <c>$screen</c>. What decides is read strictly: the parameters, the response, the appointment, and what the record's Bundle says of itself. The
/// entries of the record are read as far as that goes, as those of a hook are.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Flaws">The entries of the record in which something is wrong.</param>
public sealed record ScreenBody(Parameters Parameters, IReadOnlyList<RecordGap> Flaws)
{
    /// <summary>The name of the parameter that holds the record.</summary>
    public const string RecordParameter = "record";

    /// <summary>Reads a body; null when anything is wrong with it, and then the errors say what.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="format">Their form.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ScreenBody? Read(ReadOnlySpan<byte> body, FhirFormat format, InputErrors errors, CancellationToken cancellation)
    {
        if (!ResourceReader.IsWithinLimits(body, format, nameof(Parameters), errors))
        {
            return null;
        }

        if (!Parsing.Try(body, bytes => format == FhirFormat.Xml ? BodyParts.OfXml(bytes) : BodyParts.OfJson(bytes), out var parts))
        {
            // Within the limits every member could be read: what is left is that one stands twice.
            ResourceReader.ReadRepeated(body, nameof(Parameters), errors);
            return null;
        }

        if (ResourceReader.Read<Parameters>(parts.Strict, format, errors, cancellation) is not { } parameters)
        {
            return null;
        }

        if (parts.Record is not { } raw || parameters.Parameter[parts.RecordAt].Resource is not Bundle record)
        {
            return new ScreenBody(parameters, []);
        }

        var filling = new EntryMerger();
        filling.Open(record, raw, string.Create(CultureInfo.InvariantCulture, $"{nameof(Parameters)}.parameter[{parts.RecordAt}].resource"));
        filling.Fill(cancellation);
        return new ScreenBody(parameters, filling.Flaws);
    }

    /// <summary>Puts what could be read of the entries back into their Bundles.</summary>
    private sealed class EntryMerger
    {
        private readonly List<(RawResource Raw, Bundle.EntryComponent Entry, string At)> resources = [];

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
                    resources.Add((resource, entry, entryAt + ".resource"));
                }
            }
        }

        public void Fill(CancellationToken cancellation)
        {
            var read = RecordEntries.Read(resources.ConvertAll(one => one.Raw), cancellation);
            foreach (var ((_, entry, at), (resource, inFull)) in resources.Zip(read))
            {
                entry.Resource = resource;

                // Where nothing could be read the entry itself is a gap, as one without a resource is.
                if (!inFull && resource is not null)
                {
                    Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
                }
            }
        }

        /// <summary>What stands around the resource of an entry; of a flawed one that which is looked at in a record.</summary>
        private Bundle.EntryComponent Around(RawEntry one, string at)
        {
            if (one.Around is not { } around)
            {
                return new Bundle.EntryComponent();
            }

            if (around.Flawless(CancellationToken.None) is Bundle { Entry: [var whole] })
            {
                return whole;
            }

            // An entry without a resource is told as one.
            if (one.Resource is not null)
            {
                Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
            }

            return new Bundle.EntryComponent { FullUrl = one.FullUrl, ModifierExtension = one.IsModified ? [new Extension()] : [] };
        }

        private Bundle Skeleton(RawResource within, string at)
        {
            var rest = within.WithoutEntries();
            if (rest.Flawless(CancellationToken.None) is Bundle whole)
            {
                return whole;
            }

            // Of a Bundle that cannot be read nobody knows how much of something it is.
            Flaws.Add(new RecordGap(RecordGapKind.NotInFull, at));
            return new Bundle { Type = Bundle.BundleType.Collection, ImplicitRulesElement = rest.IsModified ? new FhirUri() : null };
        }
    }
}
