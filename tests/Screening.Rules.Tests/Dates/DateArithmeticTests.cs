using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Dates;

public static partial class DateArithmeticTests
{
    /// <summary>The files outside the folder that add to dates or times or change their zone, each with its reason. None decides anything.</summary>
    private static readonly SortedDictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["CalendarZone.cs"] = "the offsets that iCalendar's definition of a zone lists",
        ["CarePlanCalendar.cs"] = "iCalendar's entries: an exclusive end, and a length for a time that is open on one side",
        ["Timeline.cs"] = "how far a drawing reaches, and where a date stands in it",
        ["TimelineSvg.cs"] = "whether a drawing's axis counts years",
        ["DecisionLinkProtector.cs"] = "when a link ends",
        ["NewKeyCommand.cs"] = "when a key ends",
        ["ReceiptExample.cs"] = "some days after today for an appointment that is moved",
        ["RequestExamples.cs"] = "a day after today for an example without an as-of instant",
        ["TokenReader.cs"] = "by how much clocks may differ, and how long a token may be good",
        ["YearlyOnset.cs"] = "when a change of clocks recurs, as iCalendar says it",
        ["FhirExamples.cs"] = "an hour for the appointment of an example",
    };

    [Fact]
    public static void All_date_arithmetic_stands_in_one_folder() =>
        Assert.Equal(Exceptions.Keys, SourceCode.Matches("src", Arithmetic(), except: "Screening.Rules/Dates").Select(found => found.File).Order(StringComparer.Ordinal));

    [Fact]
    public static void What_counts_as_date_arithmetic_is_found() => Assert.NotEmpty(SourceCode.Matches("src/Screening.Rules/Dates", Arithmetic()));

    /// <summary>
    /// Adding to a date or a time, a length of time, the local date of an instant, the instant or the zone of a local time, and day numbers.
    /// </summary>
    [GeneratedRegex(
        """
        \.(Plus|Minus)(Years|Months|Weeks|Days|Hours|Minutes|Seconds|Milliseconds|Ticks|Nanoseconds)?\(
        |\b(Period|Duration)\.\w
        |\.(InZone|InUtc|InFixedZone)\([^()]*\)\.Date\b
        |\.(AtMidnight|AtStartOfDay|AtLeniently|AtStrictly|InZoneLeniently|InZoneStrictly|ResolveLocal|MapLocal|WithOffset|GetUtcOffset)\(
        |\bOffset\.From|\.ForOffset\(
        |\.Number\s*[-+]
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking)]
    private static partial Regex Arithmetic();
}
