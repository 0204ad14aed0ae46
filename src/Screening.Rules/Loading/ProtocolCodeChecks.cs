namespace Screening.Rules;

/// <summary>Checks the codes of health records.</summary>
internal sealed partial class ProtocolChecks
{
    private void CheckCodes()
    {
        CheckRecordWords();
        var seen = new HashSet<(string Question, RecordKind Kind, CodeSystem System, string Key)>();
        for (var i = 0; i < document.Codes.Count; i++)
        {
            var pointer = Pointer.To("/codes", i);
            var codes = document.Codes[i];
            NotBlank(pointer + "/source", codes.Source);
            Require(codes.Entries.Count > 0, pointer + "/entries", "Name at least one kind of entry.");
            Unique(pointer + "/entries", codes.Entries.Select(WireName.Of));
            Require(codes.AnyOf is not null || codes.Words is not null, pointer, "Name codes, words or both.");
            if (codes.AnyOf is { } listed)
            {
                CheckCodings(pointer + "/anyOf", listed);
            }

            for (var c = 0; c < codes.Codings.Count; c++)
            {
                var coding = codes.Codings[c];
                Require(
                    CodeSystem.Find(coding.System) is not { } system || codes.Entries.Distinct().All(kind => seen.Add((codes.Question, kind, system, system.Key(coding.Code)))),
                    Pointer.To(pointer + "/anyOf", c),
                    "This code raises the same question already.");
            }

            if (document.Questions.FirstOrDefault(question => question.Id == codes.Question) is { } question)
            {
                _ = codes.Raises.Match(
                    answer => CheckAnswer(pointer, codes, answer, question),
                    occurrence => Require(
                        question is EventsQuestion events && events.Kind.Options.Any(o => o.Code == occurrence.Event),
                        pointer + "/raises/event",
                        "The question offers no such event."),
                    place => CheckPlaces(pointer, place, question),
                    value => CheckValues(pointer, codes, value, question));
                CheckWords(pointer, codes, question);
            }
            else
            {
                flaws.Add((pointer + "/question", "There is no question of this id among those that a person answers."));
            }
        }
    }

    private bool CheckAnswer(string pointer, RecordCodes codes, RecordAnswerEffect effect, Question question)
    {
        (string Member, string? Code)[] answers =
        [
            ("active", effect.Active), ("ended", effect.Ended), ("unconfirmed", effect.Unconfirmed), ("unstated", effect.Unstated), ("daily", effect.Daily),
        ];
        foreach (var (member, code) in answers)
        {
            Require(code is null || question.Codes.Any(o => o.Code == code && !o.Harmless), $"{pointer}/raises/{member}", "The question offers no such code, or it is harmless: that raises nothing.");
        }

        var medicines = codes.Entries.All(kind => kind == RecordKind.Medication);
        Require(effect.Daily is null || medicines, pointer + "/raises/daily", "Only a medicine is taken every day.");
        Require(effect.NotByRoute is null || medicines, pointer + "/raises/notByRoute", "Only a medicine is given by a route.");
        Require(effect.Unconfirmed is null || codes.Entries.All(kind => kind is RecordKind.Condition or RecordKind.Allergy), pointer + "/raises/unconfirmed", "Only a diagnosis or an allergy is to be confirmed.");
        CheckDays(pointer, effect.Days);
        Require(effect.Days is null || codes.Entries.All(kind => kind == RecordKind.Procedure), pointer + "/raises/days", "Only a procedure is over by itself.");
        if (effect.NotByRoute is { } routes)
        {
            CheckCodings(pointer + "/raises/notByRoute", routes);
        }

        return true;
    }

    private bool CheckPlaces(string pointer, RecordPlaceEffect place, Question question)
    {
        Require(question is CodesQuestion, pointer + "/question", "Places are a list of codes.");
        return CheckCodedAnswers(pointer + "/raises/sites", place.Sites, question, needed: true);
    }

    private bool CheckValues(string pointer, RecordCodes codes, RecordValueEffect value, Question question)
    {
        Require(codes.Entries.All(kind => kind == RecordKind.Observation), pointer + "/entries", "Only an observation has a value.");
        CheckDays(pointer, value.Days);
        return CheckCodedAnswers(pointer + "/raises/values", value.Values, question, needed: false);
    }

    private void CheckDays(string pointer, int? days) =>
        Require(days is null or (>= 1 and <= 3650), pointer + "/raises/days", "An entry counts for 1 to 3650 days.");

    private bool CheckCodedAnswers(string pointer, IReadOnlyList<CodedAnswer> answers, Question question, bool needed)
    {
        Require(question.Codes.Any(o => o.Code == ReservedCode.Unknown), pointer, "The question offers no `unknown`, which is raised by what is not listed here.");
        Require(answers.Count > 0, pointer, "Name at least one.");
        for (var i = 0; i < answers.Count; i++)
        {
            var answer = answers[i].Answer;
            Require(answer is null ? !needed : question.Codes.Any(o => o.Code == answer), Pointer.To(pointer, i) + "/answer", "The question offers no such code.");
            CheckCodings(Pointer.To(pointer, i) + "/anyOf", answers[i].AnyOf);
        }

        Unique(pointer, answers.SelectMany(one => one.AnyOf).Select(coding => coding.System + "#" + coding.Code));
        return true;
    }

    private void CheckCodings(string pointer, IReadOnlyList<RecordCoding> codings)
    {
        Require(codings.Count > 0, pointer, "Name at least one code.");
        for (var i = 0; i < codings.Count; i++)
        {
            var at = Pointer.To(pointer, i);
            var system = CodeSystem.All.FirstOrDefault(known => known.Uri == codings[i].System);
            Require(system is not null, at + "/system", "Name one of: " + string.Join(", ", CodeSystem.All.Select(known => known.Uri)) + ".");
            Require(codings[i].Code.Length > 0 && codings[i].Code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '.' or '-'), at + "/code", "A code is capital letters, digits, dots and hyphens.");
            NotBlank(at + "/display", codings[i].Display);
            Require(!codings[i].Descendants || system is { IsByPrefix: true }, at + "/descendants", "Codes of this system are not built by prefix.");
        }
    }
}
