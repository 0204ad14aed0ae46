using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>What came of reading a form: a request and its decision, or what is wrong with the form.</summary>
internal sealed class FormReading
{
    private FormReading(List<FormError> errors, FormTranslation translation, byte[] body, ScreeningRequest? request)
    {
        Errors = errors;
        Translation = translation;
        Body = body;
        if (errors.Count == 0 && request is not null)
        {
            (Request, Decision) = (request, Screener.Screen(request.Intake, request.Appointment, request.Today));
        }
    }

    /// <summary>What is wrong, one error for each part of the page.</summary>
    public IReadOnlyList<FormError> Errors { get; }

    /// <summary>The form as a request.</summary>
    public FormTranslation Translation { get; }

    /// <summary>The request as bytes of JSON.</summary>
    public byte[] Body { get; }

    /// <summary>The request; null when anything is wrong.</summary>
    public ScreeningRequest? Request { get; }

    /// <summary>The decision; null when anything is wrong.</summary>
    public Decision? Decision { get; }

    /// <summary>The status of a form with these errors: as of a request with the same.</summary>
    public int Status => Errors.Any(error => error.IsShape) ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity;

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="protocol">The protocol that is in force.</param>
    /// <param name="reader">The reader of requests.</param>
    /// <param name="now">When the form came.</param>
    /// <param name="step">What the form asks for: whether the appointment must have a start, and whether what is missing is told.</param>
    public static FormReading Of(SentForm form, Protocol protocol, ScreeningRequestReader reader, Instant now, FormStep step)
    {
        var needsStart = step is FormStep.Plan or FormStep.Calendar or FormStep.Take;
        var translation = FormTranslation.Of(form, protocol);
        var found = new InputErrors();
        var body = Bytes(translation.Request);
        var request = reader.Read(body, now, found, new ReadingOptions { StartNeeded = needsStart });

        // Other dates that are only carried along may be half typed.
        List<FormError> errors =
            [.. translation.Errors.Where(error => step == FormStep.Dates || error.IsShape || FormNames.SlotOf(error.Block) is null)];
        foreach (var error in found.All)
        {
            var block = translation.BlockOf(error.Place);
            if (!errors.Exists(other => other.Block == block))
            {
                errors.Add(new(block, error.Code.IsShape, FormTexts.Of(error, protocol)));
            }
        }

        if (step == FormStep.Decide)
        {
            AddMissing(errors, translation, request ?? WithoutErrors(translation, found, reader, now));
        }

        return new FormReading(errors, translation, body, request);
    }

    /// <summary>Adds the needed questions whose answer is absent.</summary>
    private static void AddMissing(List<FormError> errors, FormTranslation translation, ScreeningRequest? request)
    {
        if (request is null)
        {
            return;
        }

        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        var protocol = request.Intake.Protocol;
        foreach (var question in decision.Missing.Select(index => protocol.Questions[index]))
        {
            var block = translation.BlockOf(question.Pointer);
            if (!errors.Exists(other => IsIn(block, other.Block)))
            {
                errors.Add(new(block, IsShape: false, FormTexts.NotAnswered));
            }
        }
    }

    /// <summary>
    /// The same request without the answers that are wrong, so that a person is told at once what is missing beside them; null when
    /// something else is wrong too.
    /// </summary>
    private static ScreeningRequest? WithoutErrors(
        FormTranslation translation, InputErrors found, ScreeningRequestReader reader, Instant now)
    {
        var rest = translation.Request.DeepClone().AsObject();
        foreach (var steps in found.All.Select(error => error.Place.Split('/')))
        {
            if (steps is [_, var part, var name, ..] && rest[part] is JsonObject members)
            {
                members.Remove(name);
            }
        }

        // Whatever the zone is, and whatever is cleared, the same answers are missing.
        rest.Remove(ClearanceFields.Member);
        rest["appointment"]!["timeZone"] ??= DateTimeZone.Utc.Id;
        return reader.Read(Bytes(rest), now, new InputErrors());
    }

    private static bool IsIn(string block, string other) =>
        other == block || other.StartsWith(block + "-", StringComparison.Ordinal);

    /// <summary>A request as bytes of JSON.</summary>
    public static byte[] Bytes(JsonObject request) => Encoding.UTF8.GetBytes(request.ToJsonString());
}
