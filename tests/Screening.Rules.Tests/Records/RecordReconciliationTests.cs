using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What a record raises on the shipped protocol: one sentence for each reading.</summary>
public static class RecordReconciliationTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    [Fact]
    public static void A_record_without_a_code_of_the_protocol_changes_nothing_at_all()
    {
        var intake = new Intake(Shipped.Protocol, Nothing.Read(), []);

        Assert.Same(intake, RecordReconciliation.Reconcile(intake, [], Nothing.Today));

        var looked = RecordReconciliation.Reconcile(intake, [Condition(Icd, "J45"), Condition("http://example.org/own", "L40").Called("Condition/2"), Medication(RxNorm, "161")], Nothing.Today);
        Assert.Equal(intake.Answers.ToArray(), looked.Answers.ToArray());
        Assert.Empty(looked.Record);
        Assert.Equal(new RecordSummary(3, 0), looked.RecordSummary);
    }

    [Theory]
    [InlineData("Z34.90", "pregnancy")]
    [InlineData("L40.5", "psoriasis")]
    [InlineData("L405", "psoriasis")]
    [InlineData("l40", "psoriasis")]
    [InlineData("D84.821", "immune-impairment")]
    [InlineData("C43.9", "skin-cancer")]
    [InlineData("I83.90", "bleeding-or-vascular-disorder")]
    [InlineData("Z95.0", "electronic-implant")]
    [InlineData("Z95.810", "electronic-implant")]
    public static void A_diagnosis_or_one_below_it_in_the_classification_excludes(string code, string rule) => Triggers(Condition(Icd, code), rule, Eligibility.Ineligible);

    [Theory]
    [InlineData("L4")]
    [InlineData("Z95")]
    [InlineData("Z95.1")]
    [InlineData("L24")]
    [InlineData("Z3")]
    public static void A_diagnosis_beside_or_above_the_listed_ones_raises_nothing(string code) => Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Condition(Icd, code)]).Eligibility);

    [Fact]
    public static void A_metal_allergy_is_a_skin_allergy_as_well()
    {
        var decision = Nothing.ScreenWith([Condition(Icd, "L23.0")]);

        Assert.Equal(["skin-allergy", "metal-allergy"], decision.Reasons.Select(rule => Shipped.Protocol.Rules[rule].Id));
        Assert.Equal(["skin-allergy"], Nothing.ScreenWith([Condition(Icd, "L23.5")]).Reasons.Select(rule => Shipped.Protocol.Rules[rule].Id));
    }

    [Fact]
    public static void A_code_system_may_be_named_by_its_OID() => Triggers(Condition("urn:oid:2.16.840.1.113883.6.90", "L40"), "psoriasis", Eligibility.Ineligible);

    [Fact]
    public static void A_drug_that_the_person_is_allergic_to_is_not_one_that_they_take() =>
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Medication(RxNorm, "5224") with { Kind = RecordKind.Allergy }]).Eligibility);

    [Theory]
    [InlineData("Z34", Eligibility.Eligible)]
    [InlineData("L40", Eligibility.Eligible)]
    [InlineData("D80", Eligibility.Eligible)]
    [InlineData("S01", Eligibility.Eligible)]
    [InlineData("I82", Eligibility.Review)]
    [InlineData("C44", Eligibility.Review)]
    [InlineData("L91.0", Eligibility.Ineligible)]
    [InlineData("B20", Eligibility.Ineligible)]
    [InlineData("L23", Eligibility.Ineligible)]
    [InlineData("B00.9", Eligibility.Conditional)]
    public static void What_has_ended_raises_only_what_counts_by_history(string code, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Condition(Icd, code, RecordState.Ended)]).Eligibility);

    [Fact]
    public static void What_ends_after_today_has_not_ended()
    {
        Triggers(Condition(Icd, "Z34", RecordState.Ended).Until("2026-06-02"), "pregnancy", Eligibility.Ineligible);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Condition(Icd, "Z34", RecordState.Ended).Until("2026-06-01")]).Eligibility);
    }

    [Theory]
    [InlineData("2019", Eligibility.Eligible)]
    [InlineData("2026-06-01", Eligibility.Eligible)]
    [InlineData("2026-06", Eligibility.Review)]
    [InlineData("2026", Eligibility.Review)]
    [InlineData("2026-06-02", Eligibility.Ineligible)]
    [InlineData("2027", Eligibility.Ineligible)]
    public static void Where_only_a_date_says_that_it_ended_that_counts_once_its_last_day_is_there(string ended, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Condition(Icd, "Z34", RecordState.Unstated).Until(ended)]).Eligibility);

    [Theory]
    [InlineData("Z34", Eligibility.Review)]
    [InlineData("R21", Eligibility.Review)]
    [InlineData("L40", Eligibility.Ineligible)]
    public static void Of_a_passing_condition_that_does_not_say_whether_it_still_holds_it_is_not_known(string code, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Condition(Icd, code, RecordState.Unstated)]).Eligibility);

    [Fact]
    public static void A_skin_cancer_that_is_not_confirmed_is_suspected_and_excludes()
    {
        var intake = Nothing.RaisedBy([Condition(Icd, "C43") with { IsUnconfirmed = true }]);

        Assert.Equal("suspected", Shown(intake, "skinCancer"));
        Triggers(Condition(Icd, "C43") with { IsUnconfirmed = true }, "skin-cancer", Eligibility.Ineligible);
    }

    [Fact]
    public static void An_anticoagulant_is_for_a_clinician_unless_its_dosage_says_daily()
    {
        Triggers(Medication(RxNorm, "11289"), "anticoagulant-other", Eligibility.Review);
        Triggers(Medication(Atc, "B01AF02"), "anticoagulant-other", Eligibility.Review);
        Triggers(Medication(RxNorm, "11289") with { IsDaily = true }, "anticoagulant-daily", Eligibility.Ineligible);
        Triggers(Medication(RxNorm, "32968") with { IsDaily = true }, "anticoagulant-other", Eligibility.Review);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Medication(RxNorm, "11289", RecordState.Ended)]).Eligibility);
    }

    [Fact]
    public static void A_daily_anticoagulant_in_the_answer_stays_the_worse_of_the_two()
    {
        var intake = Nothing.With("anticoagulantUse", "\"daily\"").RaisedBy([Medication(RxNorm, "11289")]);

        Assert.Equal("daily", Shown(intake, "anticoagulantUse"));
        Assert.False(Assert.Single(intake.Record).Disagrees);
    }

    [Fact]
    public static void Of_two_answers_that_are_as_bad_both_stand_and_the_one_that_was_said_is_shown()
    {
        var said = Nothing.With("anticoagulantUse", "\"occasional\"");
        var intake = said.RaisedBy([Medication(RxNorm, "32968")]);

        Assert.Equal("occasional", Shown(intake, "anticoagulantUse"));
        Assert.Equal(2, System.Numerics.BitOperations.PopCount(intake.Answers[Question("anticoagulantUse").Index].Codes));
        Assert.Equal(Eligibility.Review, said.ScreenWith([Medication(RxNorm, "32968")]).Eligibility);
    }

    [Fact]
    public static void A_record_that_tells_of_past_cancer_leaves_not_knowing_of_a_present_one_as_it_is()
    {
        var decision = Nothing.With("skinCancer", "\"unknown\"").ScreenWith([Condition(Icd, "Z85.820")]);

        Assert.Equal(Outcome.Triggered, Finding(decision, "skin-cancer-history").Outcome);
        Assert.Equal(Outcome.Undetermined, Finding(decision, "skin-cancer").Outcome);
        Assert.Equal(Eligibility.Review, decision.Eligibility);
    }

    [Theory]
    [InlineData("14106009")]
    [InlineData("72506001")]
    [InlineData("360066001")]
    [InlineData("69805005")]
    [InlineData("43252007")]
    public static void A_device_in_or_on_the_body_excludes(string code) => Triggers(Device(code), "electronic-implant", Eligibility.Ineligible);

    [Fact]
    public static void A_bone_plate_counts_by_its_site()
    {
        Triggers(Device("271003").At("91609006"), "metal-plate-in-area", Eligibility.Ineligible);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Device("271003").At("85562004")]).Eligibility);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Device("271003").At("71341001")]).Eligibility);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Device("271003", RecordState.Ended).At("91609006")]).Eligibility);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("14975008")]
    [InlineData("71341001", "14975008")]
    public static void A_bone_plate_somewhere_that_is_not_known_is_for_a_clinician(params string[] sites) => Triggers(Device("271003").At(sites), "metal-plate-in-area", Eligibility.Review, Outcome.Undetermined);

    [Fact]
    public static void A_pregnancy_status_counts_by_its_value()
    {
        Triggers(Pregnancy("77386006"), "pregnancy", Eligibility.Ineligible);
        Triggers(Pregnancy("146799005"), "pregnancy", Eligibility.Review, Outcome.Undetermined);
        Triggers(Pregnancy("1"), "pregnancy", Eligibility.Review, Outcome.Undetermined);
        Triggers(Pregnancy(null), "pregnancy", Eligibility.Review, Outcome.Undetermined);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Pregnancy("60001007")]).Eligibility);
    }

    [Theory]
    [InlineData("77386006", "2026-03", "60001007", "2026-04-01", Eligibility.Eligible)]
    [InlineData("77386006", "2026-04", "60001007", "2026-04-01", Eligibility.Ineligible)]
    [InlineData("77386006", null, "60001007", "2026-04-01", Eligibility.Ineligible)]
    [InlineData("77386006", "2026-03", "60001007", null, Eligibility.Ineligible)]
    [InlineData("77386006", "2026-03", "146799005", "2026-04-01", Eligibility.Ineligible)]
    [InlineData("77386006", "2026-03", null, "2026-04-01", Eligibility.Ineligible)]
    [InlineData("60001007", "2026-03", "77386006", "2026-04-01", Eligibility.Ineligible)]
    public static void A_pregnancy_status_is_outdated_only_by_one_that_is_surely_later_and_leaves_no_doubt(string? one, string? on, string? other, string? later, Eligibility expected)
    {
        RecordEntry[] record = [Pregnancy(one, on), Pregnancy(other, later).Called("Observation/2")];

        Assert.Equal(expected, Nothing.ScreenWith(record).Eligibility);
        Assert.Equal(expected, Nothing.ScreenWith([.. record.Reverse()]).Eligibility);
    }

    [Fact]
    public static void Evidence_names_the_entry_the_code_and_whether_it_disagrees()
    {
        var said = Nothing.With("skinConditions", "[\"psoriasis\"]").With("pregnancy", "\"unknown\"").Without("herpesSimplexHistory");
        var record = said.RaisedBy(
        [
            Condition(Icd, "L40.5").Called("Condition/a"), Condition(Snomed, "43116000").Called("Condition/b"),
            Condition(Icd, "Z33.1").Called("Condition/c"), Condition(Icd, "B00.1").Called("Condition/d"), Medication(Atc, "L04AX03").Called("MedicationStatement/e"),
        ]).Record;

        Assert.Equal(
            [
                "pregnancy yes Condition/c Z33.1 True False", "immuneImpairment yes MedicationStatement/e L04A True True",
                "skinConditions psoriasis Condition/a L40 False False", "skinConditions eczema Condition/b 43116000 True True",
                "herpesSimplexHistory yes Condition/d B00.1 True False",
            ],
            record.Select(e => $"{Shipped.Protocol.Questions[e.Question].Id} {Shipped.Protocol.Questions[e.Question].OptionOf(e)?.Code} {e.Reference} {e.Coding?.Code} {e.ChangesAnswer} {e.Disagrees}"));
    }

    [Fact]
    public static void A_rule_has_the_evidence_of_the_codes_that_it_looks_at_and_of_what_is_not_known()
    {
        var intake = Nothing.RaisedBy([Condition(Icd, "L40"), Condition(Icd, "L20").Called("Condition/2"), Condition(Icd, "R21", RecordState.Unstated).Called("Condition/3"), Medication(RxNorm, "860189")]);

        Assert.Equal(["Condition/1", "Condition/3"], Of("psoriasis"));
        Assert.Equal(["Condition/2", "Condition/3"], Of("eczema"));
        Assert.Equal(["Condition/3"], Of("rash"));
        Assert.Equal(["MedicationRequest/1"], Of("filler-or-toxin-injection"));
        Assert.Empty(Of("pregnancy"));

        IEnumerable<string> Of(string rule) => intake.RecordOf(Shipped.Protocol.Rules[Shipped.Protocol.RuleIndexes[rule]]).Select(evidence => evidence.Reference);
    }

    [Fact]
    public static void A_code_of_a_list_does_not_make_an_absent_list_complete()
    {
        var decision = Nothing.Without("skinConditions").ScreenWith([Condition(Icd, "L40")]);

        Assert.Equal((Outcome.Triggered, Eligibility.Ineligible), (Finding(decision, "psoriasis").Outcome, Finding(decision, "psoriasis").Level));
        Assert.Equal((Outcome.Undetermined, Eligibility.Incomplete), (Finding(decision, "eczema").Outcome, Finding(decision, "eczema").Level));
        Assert.Equal([(byte)Question("skinConditions").Index], decision.Missing);
    }

    [Fact]
    public static void A_choice_that_nobody_answered_becomes_the_answer_that_excludes_and_otherwise_stays_to_be_asked()
    {
        var excluded = Nothing.Without("pregnancy").ScreenWith([Condition(Icd, "O09.3")]);
        var asked = Nothing.Without("anticoagulantUse").ScreenWith([Medication(RxNorm, "11289")]);
        var history = Nothing.Without("herpesSimplexHistory").ScreenWith([Condition(Icd, "B00.9")]);

        Assert.Equal((Eligibility.Ineligible, 0), (excluded.Eligibility, excluded.Missing.Length));
        Assert.Equal((Eligibility.Incomplete, 1), (asked.Eligibility, asked.Missing.Length));
        Assert.Equal((Eligibility.Incomplete, 1), (history.Eligibility, history.Missing.Length));
        Assert.Equal(Said.Day("2026-06-05"), Assert.Single(history.WaitingPeriods).BlockedThrough);
    }

    [Fact]
    public static void A_clearance_of_what_was_said_says_nothing_of_what_the_record_raises()
    {
        var rule = Shipped.Protocol.RuleIndexes["anticoagulant-other"];
        var said = Nothing.With("anticoagulantUse", "\"antiplatelet\"");
        Clearance cleared = new(rule, "Dr. Rivera", said.Today, null);

        Assert.Equal(Eligibility.Eligible, said.Screen([cleared]).Eligibility);
        Assert.Equal(Eligibility.Eligible, said.ScreenWith([Medication(RxNorm, "32968")], [cleared]).Eligibility);
        Assert.Equal(Eligibility.Review, said.ScreenWith([Medication(RxNorm, "11289")], [cleared]).Eligibility);
        Assert.Equal(Eligibility.Ineligible, said.ScreenWith([Medication(RxNorm, "11289") with { IsDaily = true }], [cleared]).Eligibility);
    }

    internal static CompiledQuestion Question(string id) => Shipped.Protocol.Questions.Single(question => question.Id == id);

    internal static string Shown(Intake intake, string id) => Question(id).Codes[Question(id).ShownCode(intake.Answers[Question(id).Index])].Code;

    internal static Finding Finding(Decision decision, string rule) => decision.Findings[Shipped.Protocol.RuleIndexes[rule]];

    private static void Triggers(RecordEntry entry, string rule, Eligibility level, Outcome outcome = Outcome.Triggered)
    {
        var decision = Nothing.ScreenWith([entry]);
        Assert.Equal(level, decision.Eligibility);
        Assert.Equal((outcome, level), (Finding(decision, rule).Outcome, Finding(decision, rule).Level));
        Assert.True(decision.IsBinding(Shipped.Protocol.RuleIndexes[rule]));
        Assert.Contains(decision.Intake.Record, evidence => evidence is { ChangesAnswer: true, Disagrees: true } && evidence.Reference == entry.Reference);
    }

    [Fact]
    public static void A_pregnancy_may_be_a_diagnosis_in_SNOMED_CT()
    {
        Triggers(Condition(Snomed, "77386006"), "pregnancy", Eligibility.Ineligible);
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Condition(Snomed, "77386006", RecordState.Ended)]).Eligibility);
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([Condition(Snomed, "146799005")]).Eligibility);
    }

    [Fact]
    public static void A_skin_allergy_may_be_an_allergy() =>
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Condition(Icd, "L23.0") with { Kind = RecordKind.Allergy }]).Eligibility);

    [Fact]
    public static void A_code_of_any_length_is_looked_up_at_once() =>
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Condition(Icd, "L40" + new string('A', 1_000_000))]).Eligibility);
}
