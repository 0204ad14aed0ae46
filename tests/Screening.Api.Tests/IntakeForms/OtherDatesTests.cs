namespace Screening.Api.Tests.IntakeForms;

/// <summary>The page of other dates: what is taken is what was screened, and nothing wrong or empty passes in silence.</summary>
public sealed class OtherDatesTests(TimedService service) : IClassFixture<TimedService>
{
    [Fact]
    public async Task What_is_taken_is_the_date_that_was_screened_whatever_its_field_says_now()
    {
        var (status, page) = await DatesAsync(("2027-06-01", "09:00"), ("2027-06-02", "10:00"));
        Assert.Equal(200, status);
        var forms = page.Split("<form ").Skip(1).ToList();
        Assert.Equal(2, forms.Count);
        Assert.DoesNotContain("value=\"take.", forms[1], StringComparison.Ordinal);
        Assert.Contains("name=\"slots.1.date\" value=\"2027-06-01\"", forms[1], StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"date\"", forms[0], StringComparison.Ordinal);
        var (taken, decision) = await service.AnswerAsync([.. FollowUpTests.Hidden(forms[0]), ("do", "take.2")]);
        Assert.Equal(200, taken);
        Assert.Contains(("appointment.date", "2027-06-02"), FollowUpTests.Hidden(decision));
        Assert.Contains(("appointment.time", "10:00"), FollowUpTests.Hidden(decision));
    }

    [Fact]
    public async Task Two_times_of_one_day_are_told_apart_on_their_buttons()
    {
        var (_, page) = await DatesAsync(("2027-06-01", "09:00"), ("2027-06-01", "15:30"), ("2027-06-02", "09:00"));
        foreach (var label in (string[])["Take Tuesday 1 June 2027, 09:00", "Take Tuesday 1 June 2027, 15:30", "Take 2 June 2027"])
        {
            Assert.Contains($">{label}</button>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_the_top_too()
    {
        var (status, page) = await DatesAsync(("2027-06-01", "09:00"), ("2027-06-01", ""));
        Assert.Equal(422, status);
        Assert.Contains("class=\"errors\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#slot-2\">Date 2</a>: ", page, StringComparison.Ordinal);
        Assert.Contains("<title>Not sent yet: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_empty_fields_are_told_and_the_first_visit_is_not()
    {
        var empty = Enumerable.Repeat((string.Empty, string.Empty), 10).ToArray();
        var (status, page) = await DatesAsync(empty);
        Assert.Equal(422, status);
        Assert.Equal(["slot-1"], WorkedFormTests.Told(page));
        (status, page) = await DatesAsync();
        Assert.Equal(200, status);
        Assert.Empty(WorkedFormTests.Told(page));
    }

    /// <summary>Whoever was just told the first possible date need not type it.</summary>
    [Theory]
    [InlineData("en", "Date 1 is the first possible one, at the same time of day.")]
    [InlineData("es", "La fecha 1 es la primera posible, a la misma hora.")]
    public async Task Of_a_deferral_the_first_possible_date_stands_there_already(string language, string told)
    {
        var deferred = Deferred().Where(field => field.Name != "lang").Append(("lang", language)).ToList();
        var (status, page) = await DatesAsync(deferred);
        Assert.Equal(200, status);
        Assert.Contains(told, page, StringComparison.Ordinal);
        var (taken, decision) = await service.AnswerAsync([.. FollowUpTests.Hidden(page.Split("<form ")[1]), ("do", "take.1")]);
        Assert.Equal(200, taken);
        Assert.Contains("<header class=\"yes\">", decision, StringComparison.Ordinal);
        Assert.Contains(("appointment.date", "2026-06-15"), FollowUpTests.Hidden(decision));
        Assert.Contains(("appointment.time", "10:30"), FollowUpTests.Hidden(decision));

        // What is typed there, and an emptied field, stand as they are.
        (_, page) = await DatesAsync(deferred, ("2026-07-01", "09:00"));
        Assert.DoesNotContain(told, page, StringComparison.Ordinal);
        (status, page) = await DatesAsync(deferred, ("", ""));
        Assert.Equal(422, status);
        Assert.DoesNotContain("2026-06-15", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_date_is_proposed_where_dates_alone_do_not_help_or_no_time_is_known()
    {
        var reviewed = Deferred().Where(field => field.Name != "answers.isotretinoinUse").Append(("answers.isotretinoinUse", "past"));
        var today = Deferred().Where(field => field.Name is not ("appointment.date" or "appointment.time"));
        foreach (var fields in (IEnumerable<(string, string)>[])[reviewed, today, Eligible()])
        {
            var (status, page) = await DatesAsync(fields.ToList());
            Assert.Equal(200, status);
            Assert.DoesNotContain("value=\"take.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("first possible one", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en", "and this day lies in a waiting period, through 15 January 2027")]
    [InlineData("es", "y este día cae en un período de espera, hasta el 15 de enero de 2027 inclusive")]
    public async Task A_worse_answer_does_not_hide_a_waiting_period(string language, string told)
    {
        var fields = Answers().Where(field => field.Name is not ("lang" or "answers.skinConditions"));
        var (status, page) = await DatesAsync(
            [.. fields, ("lang", language), ("answers.skinConditions.none", "yes")], ("2027-01-04", "09:00"), ("2027-06-01", "09:00"));
        Assert.Equal(200, status);
        var rows = page.Split("<th scope=\"row\">").Skip(1).ToList();
        Assert.Contains(told, rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain(told[..20], rows[1], StringComparison.Ordinal);
    }

    /// <summary>Half of a date stops nothing but the look at the dates themselves.</summary>
    [Fact]
    public async Task What_is_typed_there_is_not_lost_when_an_answer_is_changed()
    {
        (string, string)[] kept = [("slots.1.date", "2027-06-01"), ("slots.1.time", "09:00"), ("slots.2.date", "2027-06-02")];
        var (status, page) = await DatesAsync(("2027-06-01", "09:00"), ("2027-06-02", ""));
        Assert.Equal(422, status);
        (status, var form) = await service.AnswerAsync(
            [.. FollowUpTests.Hidden(page.Split("<form ")[2]), .. kept, ("slots.2.time", ""), ("do", "edit")]);
        Assert.Equal(200, status);
        Assert.Superset(kept.ToHashSet(), FollowUpTests.Hidden(form).ToHashSet());
        (status, var decided) = await service.AnswerAsync([.. Eligible(), .. kept]);
        Assert.Equal(200, status);
        Assert.Superset(kept.ToHashSet(), FollowUpTests.Hidden(decided).ToHashSet());
        (status, var dates) = await service.AnswerAsync([.. FollowUpTests.Hidden(decided), ("do", "dates")]);
        Assert.Equal(422, status);
        Assert.Contains("<th scope=\"row\">1. ", dates, StringComparison.Ordinal);
        Assert.Contains("name=\"slots.2.date\" value=\"2027-06-02\"", dates, StringComparison.Ordinal);
        Assert.Equal(["slot-2"], WorkedFormTests.Told(dates));
        var fresh = await service.Client.GetStringAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        Assert.DoesNotContain("slots.", fresh, StringComparison.Ordinal);
    }

    private static List<(string Name, string Value)> Eligible() =>
        FilledInForm.Of(FilledInForm.Sayable(FilledInForm.Cases["nothing to report is eligible"]));

    /// <summary>Toxin on the as-of date, which the appointment ten days later is too near to.</summary>
    private static List<(string Name, string Value)> Deferred() =>
    [
        .. Eligible().Where(field => field.Name is not ("appointment.date" or "appointment.time")
            && !field.Name.StartsWith("answers.injections", StringComparison.Ordinal)),
        ("appointment.date", "2026-06-11"),
        ("appointment.time", "10:30"),
        ("answers.injections.1.product", "botulinum-toxin"),
        .. FilledInForm.Date("answers.injections.1.date", "2026-06-01"),
    ];

    private Task<(int Status, string Html)> DatesAsync(params (string Date, string Time)[] dates) => DatesAsync(Eligible(), dates);

    private Task<(int Status, string Html)> DatesAsync(
        IReadOnlyList<(string Name, string Value)> answers, params (string Date, string Time)[] dates)
    {
        service.Clock.Reset(NodaTime.Instant.FromUtc(2026, 6, 1, 18, 0));
        return service.AnswerAsync(
        [
            .. answers,
            ("do", "dates"),
            .. dates.Index().SelectMany(one => ((string, string)[])
                [($"slots.{one.Index + 1}.date", one.Item.Date), ($"slots.{one.Index + 1}.time", one.Item.Time)]),
        ]);
    }

    private static IEnumerable<(string Name, string Value)> Answers() => BadForm.Good.Where(field => field.Name != "do");
}
