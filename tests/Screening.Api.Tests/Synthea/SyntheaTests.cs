using Screening.Api.Tests.Records;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Synthea;

/// <summary>
/// Of persons whose records are made of what Synthea's modules hold, those with something active that matters are noticed, and few of the
/// others. The modules hold nothing, or nothing that is sure to matter, for breastfeeding, metal allergy, skin cancer, metal plates,
/// topical retinoids, isotretinoin and herpes simplex: of these nothing is measured here.
/// </summary>
public sealed class SyntheaTests(TimedService service, ITestOutputHelper output) : IClassFixture<TimedService>
{
    private const int Concerned = 100;
    private const int Others = 400;
    private const int MostOthers = 5;

    [Fact]
    public async Task Persons_with_something_active_that_matters_are_noticed_and_few_others_are()
    {
        service.Clock.Reset(ServiceFixture.Now);
        var random = GeneratedRun.Random();

        // Each entry that matters is some person's, as far as there are persons.
        var mattering = SyntheaEntries.Mattering.ToArray();
        random.Shuffle(mattering);
        List<(string Question, bool Noticed, string Of)> concerned = [];
        for (var i = 0; i < Concerned; i++)
        {
            var entry = mattering[i % mattering.Length];
            var patient = new SyntheaPatient(random);
            patient.AddOthers();
            var name = patient.AddPresent(entry);
            var seen = await SeeAsync(patient);
            var noticed = seen.Eligibility != "eligible" && seen.Evidence.Exists(one => one.Name == name && one.Of == entry.Question);
            concerned.Add((entry.Question!, noticed, $"{entry.Type} {entry.Display}, own codes {patient.OfOwnCodes}: {seen.Eligibility}"));
        }

        List<(string Question, string Of)> others = [];
        for (var i = 0; i < Others; i++)
        {
            var patient = new SyntheaPatient(random);
            patient.AddOthers();
            for (var past = random.Next(0, 3); past > 0; past--)
            {
                patient.AddPast(SyntheaEntries.Passing[random.Next(SyntheaEntries.Passing.Count)]);
            }

            var seen = await SeeAsync(patient);
            if (seen.Eligibility != "eligible")
            {
                var entries = seen.Evidence.Select(one => $"{one.Of} {one.Answer} by {Written(patient, one.Name)}");
                others.Add((seen.Evidence[0].Of, string.Join("; ", entries)));
            }
        }

        output.WriteLine($"noticed of those with something that matters: {concerned.Count(one => one.Noticed)} of {Concerned}");
        foreach (var of in concerned.GroupBy(one => one.Question, StringComparer.Ordinal))
        {
            output.WriteLine($"  {of.Key}: {of.Count(one => one.Noticed)} of {of.Count()}");
        }

        output.WriteLine($"noticed of the others: {others.Count} of {Others}");
        foreach (var of in others.GroupBy(one => one.Question, StringComparer.Ordinal))
        {
            output.WriteLine($"  {of.Key}: {of.Count()}");
        }

        Assert.Empty(concerned.Where(one => !one.Noticed).Select(one => one.Of));
        Assert.True(others.Count <= MostOthers, string.Join('\n', others.Select(one => one.Of)));
    }

    /// <summary>What both doors say of a person with nothing to report and this record.</summary>
    private async Task<(string Eligibility, List<ToldEvidence> Evidence)> SeeAsync(SyntheaPatient patient)
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["timeZone"] = TimedService.Zone;
        var card = await service.CardAsync(request, patient.Record);
        var bundle = await service.ScreenedAsync(request, patient.Record);
        var decision = RecordDoors.DecisionOf(card);
        RecordDoors.AssertSame(card, bundle);
        return ((string)decision["eligibility"]!, RecordDoors.ToldByCard(card));
    }

    private static string Written(SyntheaPatient patient, string name) =>
        patient.Record.Single(resource => NaiveFhir.Name(resource) == name).ToJsonString();
}
