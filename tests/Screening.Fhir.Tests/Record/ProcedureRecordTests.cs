using Screening.Rules;
using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

public static class ProcedureRecordTests
{
    private const string Done = """ "status": "completed", "performedDateTime": "2019-03" """;

    [Theory]
    [InlineData("preparation")]
    [InlineData("in-progress")]
    [InlineData("on-hold")]
    [InlineData("stopped")]
    [InlineData("completed")]
    [InlineData("unknown")]
    [InlineData("complete")]
    public static void What_was_done_or_begun_or_will_be_holds(string status) =>
        Assert.Equal((RecordKind.Procedure, RecordState.Active, "Implantation of cardiac defibrillator"), One($$""" Procedure/1 "status": "{{status}}", "code": { "text": "Implantation of cardiac defibrillator" } """) is var one ? (one.Kind, one.State, Texts(one)) : default);

    [Theory]
    [InlineData("not-done")]
    [InlineData("entered-in-error")]
    public static void What_was_not_done_is_no_entry(string status) =>
        Assert.Empty(Read($$""" Procedure/1 "status": "{{status}}", "code": { "text": "Implantation of cardiac defibrillator" } """));

    [Theory]
    [InlineData(""" "usedCode": [{ "text": "ICD" }] """, "ICD")]
    [InlineData(""" "usedReference": [{ "display": "Pacemaker" }] """, "Pacemaker")]
    [InlineData(""" "usedReference": [{ "reference": "Device/d", "display": "Pacemaker" }] """, "Desfibrilador|Pacemaker")]
    [InlineData(""" "focalDevice": [{ "manipulated": { "reference": "Device/d" } }] """, "Desfibrilador")]
    [InlineData(""" "focalDevice": [{ "manipulated": { "reference": "#c" } }], "contained": [{ "resourceType": "Device", "id": "c", "deviceName": [{ "name": "Micra" }] }] """, "Micra")]
    [InlineData(""" "focalDevice": [{ "action": { "text": "explanted" }, "manipulated": { "display": "Pacemaker" } }] """, "Pacemaker")]
    public static void What_a_procedure_put_in_is_a_device_with_its_words_whether_or_not_it_tells_where(string used, string words)
    {
        foreach (var site in new[] { "", """ "bodySite": [{ "text": "chest" }],""" })
        {
            var read = Read($$""" Procedure/1 {{site}} {{Done}}, {{used}} """, """ Device/d "type": { "text": "Desfibrilador" } """);
            var device = Assert.Single(read, entry => entry is { Reference: "Procedure/1", Kind: RecordKind.Device });
            Assert.Equal((words, RecordState.Active, site.Length > 0 ? 1 : 0), (Texts(device), device.State, device.Sites.Length));
        }
    }

    [Fact]
    public static void What_a_procedure_took_out_is_no_device_of_it_but_its_own_words_stay()
    {
        var read = Read($$""" Procedure/1 {{Done}}, "code": { "text": "Removal of pacemaker" }, "focalDevice": [{ "action": { "coding": [{ "system": "http://hl7.org/fhir/device-action", "code": "explanted" }] }, "manipulated": { "display": "Pacemaker" } }] """);

        Assert.Equal((RecordKind.Procedure, "Removal of pacemaker"), Assert.Single(read) is var one ? (one.Kind, Texts(one)) : default);
    }

    [Theory]
    [InlineData(""" "usedReference": [{ "reference": "Medication/m" }] """, "Botox")]
    [InlineData(""" "usedReference": [{ "reference": "Medication/elsewhere", "display": "Dysport" }] """, "Dysport")]
    [InlineData(""" "usedReference": [{ "type": "Medication", "display": "Dysport" }] """, "Dysport")]
    public static void A_medicine_that_a_procedure_used_was_given_then(string used, string words)
    {
        var given = Assert.Single(Read($$""" Procedure/1 {{Done}}, {{used}} """, """ Medication/m "code": { "text": "Botox" } """), entry => entry.Kind == RecordKind.Medication);
        Assert.Equal((words, RecordState.Ended, "2019-03", "2019-03"), (Texts(given), given.State, given.On.ToString(), given.Ended.ToString()));
    }

    [Fact]
    public static void A_request_for_a_procedure_and_the_history_of_the_family_are_not_read() => Assert.Empty(Read(
        """ ServiceRequest/1 "status": "active", "code": { "text": "Implantation of pacemaker" } """,
        """ FamilyMemberHistory/1 "status": "completed", "condition": [{ "code": { "text": "Psoriasis" } }] """,
        """ DiagnosticReport/1 "status": "final", "conclusion": "pregnant" """,
        """ Encounter/1 "status": "finished", "reasonCode": [{ "text": "pregnancy" }] """));
}
