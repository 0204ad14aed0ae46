using System.Globalization;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>What the form and its pages say, in every language. In braces: what is put in.</summary>
internal static class FormTexts
{
    public static readonly LocalizedText TooManyFields = Words.Text("intake.tooManyFields");
    public static readonly LocalizedText NotWhole = Words.Text("intake.notWhole");
    public static readonly LocalizedText UnknownField = Words.Text("intake.unknownField");
    public static readonly LocalizedText Unreadable = Words.Text("intake.unreadable");
    public static readonly LocalizedText Repeated = Words.Text("intake.repeated");
    public static readonly LocalizedText Missing = Words.Text("intake.missing");
    public static readonly LocalizedText Choose = Words.Text("intake.choose");
    public static readonly LocalizedText NotAnswered = Words.Text("intake.notAnswered");
    public static readonly LocalizedText NoneAndMore = Words.Text("intake.noneAndMore");
    public static readonly LocalizedText DateAndUnknown = Words.Text("intake.dateAndUnknown");
    public static readonly LocalizedText NoDate = Words.Text("intake.noDate");
    public static readonly LocalizedText Year = Words.Text("intake.yearNeeded");
    public static readonly LocalizedText Month = Words.Text("intake.monthNeeded");
    public static readonly LocalizedText WholeDate = Words.Text("intake.wholeDateNeeded");
    public static readonly LocalizedText NoTime = Words.Text("intake.noTime");
    public static readonly LocalizedText DateAndTime = Words.Text("intake.dateAndTime");

    private static readonly LocalizedText AfterToday = Words.Text("contradiction.afterAsOf");
    private static readonly LocalizedText BeforeToday = Words.Text("contradiction.beforeAsOf");

    /// <summary>A text of the form.</summary>
    /// <param name="key">Its whole key.</param>
    public static LocalizedText Of(string key) => Words.Text(key);

    /// <summary>An error of the request as a person would be told: questions by their numbers on the form.</summary>
    public static LocalizedText Of(InputError error, Protocol protocol)
    {
        var code = error.Code;
        return code == ErrorCode.UnknownCode ? Choose
            : code == ErrorCode.InvalidDate ? NoDate
            : code == ErrorCode.InvalidDateTime ? NoTime
            : code == ErrorCode.MissingMember && error.Place == "/appointment/timeZone" ? Of("intake.zoneNeeded")
            : code == ErrorCode.MissingMember ? Of(PartNeeded(error.Place))
            : code == ErrorCode.UnknownTimeZone ? Of("intake.noZone")
            : code == ErrorCode.SkippedLocalTime ? Of("intake.skippedTime")
            : code == ErrorCode.DateBeforeAsOf ? Of("intake.pastDate")
            : code == ErrorCode.StartNeeded ? Of("intake.startNeeded")
            : code == ErrorCode.DateAfterAsOf ? Of("intake.clearedLater")
            : code == ErrorCode.NotReviewFinding ? Of("intake.nothingToClear")
            : code == ErrorCode.ContradictoryAnswers ? Contradiction(error.Meaning, protocol)
            : LocalizedText.Joined(error.Meaning, error.Remedy);
    }

    private static string PartNeeded(string place) => place.Split('/') switch
    {
        [_, ClearanceFields.Member, _, "by"] => "intake.clearedByNeeded",
        [_, ClearanceFields.Member, _, "on"] => "intake.clearedOnNeeded",
        _ => "intake.partNeeded",
    };

    private static LocalizedText Contradiction(LocalizedText told, Protocol protocol) =>
        told == AfterToday ? Of("intake.afterToday")
        : told == BeforeToday ? Of("intake.beforeToday")
        : LocalizedText.Joined(ByNumber(told, protocol), Of("intake.contradiction"));

    private static LocalizedText ByNumber(LocalizedText text, Protocol protocol) =>
        protocol.Questions.Aggregate(text, (told, question) => told
            .Changed(one => one.Replace($"`{question.Id}`", "{question}", StringComparison.Ordinal))
            .With("question", Of("intake.question").With("n", (question.Index + 1).ToString(CultureInfo.InvariantCulture))));
}
