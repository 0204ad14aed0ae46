namespace Screening.Rules.Tests.Records;

/// <summary>Entries of a record, in a few words each.</summary>
internal static class Entries
{
    public const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public const string Atc = "http://www.whocc.no/atc";
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Icd = "http://hl7.org/fhir/sid/icd-10-cm";

    public static RecordEntry Condition(string system, string code, RecordState state = RecordState.Active) => Entry(RecordKind.Condition, "Condition/1", system, code, state);

    public static RecordEntry Medication(string system, string code, RecordState state = RecordState.Active) => Entry(RecordKind.Medication, "MedicationRequest/1", system, code, state);

    public static RecordEntry Device(string code, RecordState state = RecordState.Active) => Entry(RecordKind.Device, "Device/1", Snomed, code, state);

    public static RecordEntry Pregnancy(string? value, string? on = null) =>
        Entry(RecordKind.Observation, "Observation/1", Loinc, "82810-3", RecordState.Active) with { Value = value is null ? null : Concept(Snomed, value), On = on is null ? null : Date(on) };

    public static RecordEntry By(this RecordEntry entry, params string[] routes) => entry with { Routes = [.. routes.Select(route => route.Length == 0 ? new RecordConcept([]) : Concept(Snomed, route))] };

    public static RecordEntry At(this RecordEntry entry, params string[] sites) => entry with { Sites = [.. sites.Select(site => site.Length == 0 ? new RecordConcept([]) : Concept(Snomed, site))] };

    public static RecordEntry On(this RecordEntry entry, string date) => entry with { On = Date(date) };

    public static RecordEntry Until(this RecordEntry entry, string date) => entry with { Ended = Date(date) };

    public static RecordEntry Called(this RecordEntry entry, string reference) => entry with { Reference = reference };

    public static RecordConcept Concept(string system, string code) => new([new RecordCode(system, code)]);

    public static RecordConcept Text(params string[] texts) => new([]) { Texts = [.. texts] };

    public static RecordEntry Worded(RecordKind kind, string text, RecordState state = RecordState.Active) =>
        new() { Kind = kind, Reference = $"{kind}/1", Concept = Text(text), State = state };

    public static PartialDate Date(string text)
    {
        Assert.True(PartialDate.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var date), text);
        return date;
    }

    private static RecordEntry Entry(RecordKind kind, string reference, string system, string code, RecordState state) =>
        new() { Kind = kind, Reference = reference, Concept = Concept(system, code), State = state };
}
