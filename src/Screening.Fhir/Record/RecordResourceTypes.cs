using System.Collections.Frozen;
using Hl7.Fhir.Model;
using Screening.Rules;
using Condition = Hl7.Fhir.Model.Condition;

namespace Screening.Fhir.Record;

/// <summary>
/// The resource types of a health record that this service reads, one row each. Everything that depends on the type of a resource is in its
/// row, so that a new type is a new row. Resources of other types are ignored.
/// </summary>
/// <remarks>
/// A type has a row if its resources state facts about the patient that a protocol asks for. There are no rows for types that only request
/// or plan (ServiceRequest, DeviceRequest, CarePlan, NutritionOrder), describe other people (FamilyMemberHistory), predict
/// (RiskAssessment), repeat other entries (Encounter, DiagnosticReport, EpisodeOfCare, Claim), or concern no question (Immunization).
/// </remarks>
internal static class RecordResourceTypes
{
    /// <summary>Every type, in the order in which clients are asked for them.</summary>
    public static IReadOnlyList<RecordResourceType> All { get; } =
    [
        new RecordResourceType<Condition>
        {
            Label = Words.Text("resource.condition"),
            ConceptElement = "code",
            Kind = RecordKind.Condition,
            Search = new("conditions"),
            About = condition => condition.Subject,
            NotAssertedWhen = VerificationStatuses.Is,
            Names = (condition, _) => [Concepts.Of(condition.Code)],
            Entries = (condition, held, reading) => ConditionEntries.Of(condition, held, reading.Dates),
        },
        new RecordResourceType<AllergyIntolerance>
        {
            Label = Words.Text("resource.allergyIntolerance"),
            ConceptElement = "code",
            Kind = RecordKind.Allergy,
            Search = new("allergies"),
            About = allergy => allergy.Patient,
            NotAssertedWhen = VerificationStatuses.Is,
            Names = (allergy, _) => [ConditionEntries.Named(allergy)],
            Entries = (allergy, held, reading) => ConditionEntries.Of(allergy, held, reading.Dates),
        },
        new RecordResourceType<MedicationRequest>
        {
            Label = Words.Text("resource.medicationRequest"),
            ConceptElement = "medication",
            Kind = RecordKind.Medication,
            Search = new(
                "medicationRequests", Include: "medication", Where: "intent=plan,order,original-order,reflex-order,filler-order,instance-order"),
            About = request => request.Subject,
            PointsAt = request => [request.Medication],
            NotAssertedWhen = request => Concepts.Literal(request.StatusElement) is "cancelled" or "entered-in-error" or "draft"
                || request.DoNotPerformElement?.JsonValue is true || Concepts.Literal(request.IntentElement) is "proposal" or "option",
            Names = (request, reading) => reading.Medicines.Named(request, request.Medication),
            Entries = (request, held, reading) => reading.Medicines.Of(request, held),
        },
        new RecordResourceType<MedicationStatement>
        {
            Label = Words.Text("resource.medicationStatement"),
            ConceptElement = "medication",
            Kind = RecordKind.Medication,
            Search = new("medicationStatements", Include: "medication", ByDefault: false),
            About = statement => statement.Subject,
            PointsAt = statement => [statement.Medication],
            NotAssertedWhen = statement => Concepts.Literal(statement.StatusElement) is "not-taken" or "entered-in-error",
            Names = (statement, reading) => reading.Medicines.Named(statement, statement.Medication),
            Entries = (statement, held, reading) => reading.Medicines.Of(statement, held),
        },
        new RecordResourceType<MedicationAdministration>
        {
            Label = Words.Text("resource.medicationAdministration"),
            ConceptElement = "medication",
            Kind = RecordKind.Medication,
            About = administration => administration.Subject,
            PointsAt = administration => [administration.Medication],
            NotAssertedWhen = administration => Concepts.Literal(administration.StatusElement) is "not-done" or "entered-in-error",
            Names = (administration, reading) => reading.Medicines.Named(administration, administration.Medication),
            Entries = (administration, held, reading) => reading.Medicines.Of(administration, held),
        },
        new RecordResourceType<MedicationDispense>
        {
            Label = Words.Text("resource.medicationDispense"),
            ConceptElement = "medication",
            Kind = RecordKind.Medication,
            About = dispense => dispense.Subject,
            PointsAt = dispense => [dispense.Medication],
            NotAssertedWhen = dispense => Concepts.Literal(dispense.StatusElement) is "cancelled" or "declined" or "entered-in-error",
            Names = (dispense, reading) => reading.Medicines.Named(dispense, dispense.Medication),
            Entries = (dispense, held, reading) => reading.Medicines.Of(dispense, held),
        },
        new RecordResourceType<Medication>
        {
            Label = Words.Text("resource.medication"),
            ConceptElement = "code",
            Names = (medicine, reading) => [reading.Medicines.ConceptOf(medicine)],
            PointsAt = medicine => medicine.Ingredient.Select(ingredient => ingredient.Item),
            ReferenceFrom = medicine => new MedicationStatement { Medication = medicine },
        },
        new RecordResourceType<Substance>
        {
            Label = Words.Text("resource.substance"),
            ConceptElement = "code",
            Names = (substance, reading) => [reading.Medicines.ConceptOf(substance)],
            PointsAt = substance => substance.Ingredient.Select(ingredient => ingredient.Substance),
            ReferenceFrom = substance => new MedicationStatement { Medication = substance },
        },
        new RecordResourceType<DeviceUseStatement>
        {
            Label = Words.Text("resource.deviceUseStatement"),
            ConceptElement = "device",
            Kind = RecordKind.Device,
            Search = new("deviceUses", Include: "device", ByDefault: false),
            About = use => use.Subject,
            PointsAt = use => [use.Device],
            NotAssertedWhen = use => Concepts.Literal(use.StatusElement) is "entered-in-error",
            Names = (use, reading) => reading.Devices.Named(use.Device, use),
            Entries = (use, held, reading) => reading.Devices.Of(use, held),
        },
        new RecordResourceType<Device>
        {
            Label = Words.Text("resource.device"),
            ConceptElement = "type",
            Kind = RecordKind.Device,
            Search = new("devices"),
            About = device => device.Patient,
            ReferenceFrom = device => new DeviceUseStatement { Device = device },
            NotAssertedWhen = device => Concepts.Literal(device.StatusElement) is "entered-in-error",
            Names = (device, reading) => [reading.Devices.Named(device)],
            Entries = (device, held, reading) => reading.Devices.Of(device, held),
        },
        new RecordResourceType<Procedure>
        {
            Label = Words.Text("resource.procedure"),
            ConceptElement = "code",
            Kind = RecordKind.Procedure,
            AlsoKinds = [RecordKind.Device, RecordKind.Medication],
            Search = new("procedures"),
            About = procedure => procedure.Subject,
            PointsAt = procedure => procedure.UsedReference.Concat(procedure.FocalDevice.Select(device => device.Manipulated)),
            NotAssertedWhen = procedure => Concepts.Literal(procedure.StatusElement) is "entered-in-error" or "not-done",
            Names = (procedure, reading) => reading.Procedures.Named(procedure),
            Entries = (procedure, held, reading) => reading.Procedures.Of(procedure, held),
        },
        new RecordResourceType<Observation>
        {
            Label = Words.Text("resource.observation"),
            ConceptElement = "code",
            Kind = RecordKind.Observation,
            Search = new("observations", OnlyListedCodes: true),
            About = observation => observation.Subject,
            NotAssertedWhen = observation => Concepts.Literal(observation.StatusElement) is "cancelled" or "entered-in-error",
            Names = (observation, _) => [ObservationEntries.Named(observation)],
            Entries = (observation, held, reading) => ObservationEntries.Of(observation, held, reading.Dates),
        },
    ];

    private static readonly FrozenDictionary<Type, RecordResourceType> ByModel = All.ToFrozenDictionary(type => type.Model);

    /// <summary>The row of a resource; null for a type without a row.</summary>
    public static RecordResourceType? Of(Resource? resource) => resource is null ? null : ByModel.GetValueOrDefault(resource.GetType());

    /// <summary>The row of a type by FHIR's name; null for a type without a row.</summary>
    public static RecordResourceType? Named(string? name) => All.FirstOrDefault(type => type.Name == name);
}
