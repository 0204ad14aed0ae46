using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

/// <summary>What is forgotten in a row is noticed here, for most of it would go missing without a word.</summary>
public static class RecordResourceTypesTests
{
    public static TheoryData<string> Names => [.. All(_ => true)];

    public static TheoryData<string> NamesOfRead => [.. All(type => type.Kind is not null)];

    public static TheoryData<string> NamesOfPointedAt => [.. All(type => type.ReferenceFrom is not null)];

    [Fact]
    public static void The_types_of_a_record_are_these()
    {
        (string Name, RecordKind? Kind, string? Key, string? Include, bool IsPointedAt)[] expected =
        [
            ("Condition", RecordKind.Condition, "conditions", null, false),
            ("AllergyIntolerance", RecordKind.Allergy, "allergies", null, false),
            ("MedicationRequest", RecordKind.Medication, "medicationRequests", "medication", false),
            ("MedicationStatement", RecordKind.Medication, "medicationStatements", "medication", false),
            ("MedicationAdministration", RecordKind.Medication, null, null, false),
            ("MedicationDispense", RecordKind.Medication, null, null, false),
            ("Medication", null, null, null, true),
            ("Substance", null, null, null, true),
            ("DeviceUseStatement", RecordKind.Device, "deviceUses", "device", false),
            ("Device", RecordKind.Device, "devices", null, true),
            ("Procedure", RecordKind.Procedure, "procedures", null, false),
            ("Observation", RecordKind.Observation, "observations", null, false),
        ];

        Assert.Equal(
            expected,
            RecordResourceTypes.All
                .Select(type => (type.Name, type.Kind, type.Search?.Key, type.Search?.Include, type.ReferenceFrom is not null)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void A_type_goes_by_FHIRs_name_and_has_words_for_people_and_an_element_that_says_what_it_is(string name)
    {
        var type = Named(name);

        Assert.Same(type, RecordResourceTypes.Of(New(name)));
        Assert.Equal(name, New(name).TypeName);
        Assert.All([type.Label.En, type.Label.Es], words => Assert.False(string.IsNullOrWhiteSpace(words)));
        Assert.NotEqual(type.Label.En, type.Label.Es);
        Assert.NotNull(Inspector.FindClassMapping(name)?.FindMappedElementByName(type.ConceptElement));
    }

    [Theory]
    [MemberData(nameof(NamesOfRead))]
    public static void A_type_that_is_read_tells_whom_it_is_about(string name)
    {
        var resource = New(name);
        var element = Inspector.FindClassMapping(name)!.FindMappedElementByName("patient") is null ? "subject" : "patient";
        Assert.Null(Named(name).PersonOf(resource));

        var person = new ResourceReference("Patient/1");
        resource.SetValue(element, person);
        Assert.Same(person, Named(name).PersonOf(resource));
    }

    [Theory]
    [MemberData(nameof(NamesOfRead))]
    public static void A_type_is_read_into_entries_of_its_kind(string name)
    {
        var device = Resource("Device/d");
        var resource = name == "DeviceUseStatement" ? new DeviceUseStatement { Device = new ResourceReference("Device/d") } : New(name);

        var entries = RecordReader.Read([device, resource], NewYork);
        Assert.Equal(Named(name).Kind, Assert.Single(entries, entry => entry.Reference == name + "/unidentified-2").Kind);
    }

    [Theory]
    [MemberData(nameof(NamesOfRead))]
    public static void What_was_entered_in_error_is_not_read(string name)
    {
        var status = name is "Condition" or "AllergyIntolerance"
            ? """ "verificationStatus": { "coding": [{ "code": "entered-in-error" }] } """
            : """ "status": "entered-in-error" """;

        Assert.True(Named(name).IsNotAsserted(Resource($"{name}/1 {status}")));
        Assert.False(Named(name).IsNotAsserted(New(name)));
    }

    [Theory]
    [MemberData(nameof(NamesOfPointedAt))]
    public static void A_type_that_others_point_at_has_one_that_does(string name)
    {
        var reference = new ResourceReference(name + "/1");
        var pointing = Named(name).ReferenceFrom!(reference);

        Assert.Same(reference, Assert.Single(RecordResourceTypes.Of(pointing)!.PointersOf(pointing)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void A_type_says_something_by_itself_or_where_another_one_points_at_it(string name) =>
        Assert.True(Named(name) is { Kind: not null } or { ReferenceFrom: not null });

    [Theory]
    [MemberData(nameof(Names))]
    public static void A_type_that_may_say_by_reference_what_it_is_of_points_at_it(string name)
    {
        var (resource, reference) = (New(name), new ResourceReference("Medication/1"));
        var element = Inspector.FindClassMapping(name)!.FindMappedElementByName(Named(name).ConceptElement)!;
        var mayBeReference = element.FhirType.Contains(typeof(ResourceReference));
        if (mayBeReference)
        {
            resource.SetValue(element.Name, reference);
        }

        Assert.Equal(mayBeReference ? [reference] : [], Named(name).PointersOf(resource));
    }

    [Fact]
    public static void A_type_without_a_row_is_not_read()
    {
        var vocabulary = ShippedProtocol.Load().RecordVocabulary;
        var others = ModelInfo.SupportedResources.Except(RecordResourceTypes.All.Select(type => type.Name)).ToList();

        Assert.NotEmpty(others);
        Assert.All(others, name =>
        {
            Assert.Null(RecordResourceTypes.Named(name));
            Assert.Null(RecordResourceTypes.Of(New(name)));
            Assert.Empty(RecordReader.Read([New(name)], DateTimeZone.Utc));
            Assert.Empty(RecordGaps.Of([Resource($$""" {{name}}/1 "implicitRules": "http://example.org/rules" """)], "", vocabulary));
        });
    }

    private static IEnumerable<string> All(Func<RecordResourceType, bool> which) =>
        RecordResourceTypes.All.Where(which).Select(type => type.Name);

    private static ModelInspector Inspector => ModelInfo.ModelInspector;

    private static RecordResourceType Named(string name) => RecordResourceTypes.Named(name)!;

    private static Resource New(string name) => (Resource)Activator.CreateInstance(ModelInfo.GetTypeForFhirType(name)!)!;
}
