using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using Screening.Fhir.Questionnaires;
using Screening.Rules;
using Task = System.Threading.Tasks.Task;

namespace Screening.Fhir.Tests;

/// <summary>The profiles of Structured Data Capture that the Questionnaire names are those that a validator finds it to satisfy.</summary>
public static class SdcProfileTests
{
    private const string Sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
    private const string Base = Sdc + "sdc-questionnaire";
    private const string Render = Sdc + "sdc-questionnaire-render";
    private const string Behave = Sdc + "sdc-questionnaire-behave";

    private static readonly Protocol Protocol = ShippedProtocol.Load();
    private static readonly Validator Validator = Create();

    /// <summary>What breaks a rule of a profile, and the rule as the validator names it.</summary>
    public static TheoryData<string, string, Action<Questionnaire>> Breaches => new()
    {
        { Base, "'url'", form => form.Url = null },
        { Base, "que-2", form => form.Item[1].LinkId = form.Item[0].LinkId },
        { Base, "que-10", form => form.Item[0].MaxLength = 10 },
        { Base, "que-11", form => form.Item[0].Initial = [new Questionnaire.InitialComponent { Value = new Coding(null, "no") }] },
        { Base, "que-15", form => form.Item[0].LinkId = new string('a', 256) },
        { Base, "sdc-1", form => form.Item[0].Extension.Add(Expression("sdc-questionnaire-answerExpression")) },
        { Base, "sdc-2", form => form.Extension.Clear() },
        { Render, "sdc-2", form => form.Extension.Clear() },
        { Render, "Instance count at element 'extension' is 2", form => form.Item[0].Extension.Add((Extension)form.Item[0].Extension[0].DeepCopy()) },
        { Behave, "sdc-behave-1", InitialTwice },
        { Behave, "sdc-behave-2", form => Sometimes(form).Extension.Add(Expression("sdc-questionnaire-enableWhenExpression")) },
    };

    [Fact]
    public static void The_form_satisfies_each_profile_that_it_names()
    {
        foreach (var language in Language.All)
        {
            var form = QuestionnaireBuilder.Build(Protocol, language);
            Assert.Equal([Base, Render, Behave], form.Meta!.Profile);
            Assert.All(form.Meta.Profile, profile => Assert.Empty(Complaints(form, profile!)));
        }
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public static void The_validator_tells_what_breaks_a_profile(string profile, string rule, Action<Questionnaire> breach)
    {
        var form = QuestionnaireBuilder.Build(Protocol, Language.English);
        breach(form);
        Assert.Contains(Complaints(form, profile), complaint => complaint.Contains(rule, StringComparison.Ordinal));
    }

    /// <summary>The rule on versions is named differently in the build after the ballot: both names are there.</summary>
    [Fact]
    public static void The_version_says_how_versions_compare()
    {
        var form = QuestionnaireBuilder.Build(Protocol, Language.English);
        Assert.Equal(
            ["http://hl7.org/fhir/StructureDefinition/artifact-versionAlgorithm", "http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.versionAlgorithm[x]"],
            form.Extension.Select(extension => extension.Url));
        Assert.All(form.Extension, extension => Assert.True(extension.Value!.IsExactly(new Coding("http://hl7.org/fhir/version-algorithm", "semver"))));
    }

    private static IEnumerable<string> Complaints(Questionnaire form, string profile) =>
        Validator.Validate(form, profile).Issue.Where(issue => issue.Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal)
            .Select(issue => $"{issue.Details?.Text} {string.Join(' ', issue.Expression)}");

    private static Questionnaire.ItemComponent Sometimes(Questionnaire form) => form.Item.First(item => item.EnableWhen.Count > 0);

    private static void InitialTwice(Questionnaire form)
    {
        var date = form.Item.First(item => item.Type == Questionnaire.QuestionnaireItemType.Date);
        date.Initial = [new Questionnaire.InitialComponent { Value = new Date("2026-01-01") }];
        date.Extension.Add(Expression("sdc-questionnaire-initialExpression"));
    }

    private static Extension Expression(string name) => new(Sdc + name, new Expression { Language = "text/fhirpath", Expression_ = "true" });

    private static Validator Create()
    {
        var core = new ZipSource(Path.Combine(AppContext.BaseDirectory, "specification.zip"));
        var profiles = new DirectorySource(Path.Combine(AppContext.BaseDirectory, "Sdc"));
        var source = new CachedResolver(new MultiResolver(profiles, core, new SnapshotSource(new MultiResolver(core, new OtherExtensions()))));
        return new Validator(source, LocalTerminologyService.CreateDefaultForCore(source), null, null);
    }

    /// <summary>The extensions that a profile allows and that are not FHIR's own: known by their names alone.</summary>
    private sealed class OtherExtensions : IAsyncResourceResolver
    {
        public async Task<Resource?> ResolveByUriAsync(string uri) => await ResolveByCanonicalUriAsync(uri);

        public Task<Resource?> ResolveByCanonicalUriAsync(string uri) => Task.FromResult<Resource?>(
            !uri.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal) ? null
            : new StructureDefinition
            {
                Url = uri,
                Name = "Other",
                Status = PublicationStatus.Active,
                Kind = StructureDefinition.StructureDefinitionKind.ComplexType,
                Abstract = false,
                Type = nameof(Extension),
                BaseDefinition = "http://hl7.org/fhir/StructureDefinition/Extension",
                Derivation = StructureDefinition.TypeDerivationRule.Constraint,
                Context = [new() { Type = StructureDefinition.ExtensionContextType.Element, Expression = nameof(Element) }],
                Differential = new()
                {
                    Element =
                    [
                        new() { ElementId = "Extension", Path = "Extension" },
                        new() { ElementId = "Extension.url", Path = "Extension.url", Fixed = new FhirUri(uri) },
                    ],
                },
            });
    }
}
