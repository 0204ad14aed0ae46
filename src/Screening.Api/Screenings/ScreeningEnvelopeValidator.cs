using System.Text;
using FluentValidation;
using FluentValidation.Validators;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>The limits of a request's own texts and counts; answers are read against their protocol instead.</summary>
public sealed class ScreeningEnvelopeValidator : AbstractValidator<ScreeningEnvelope>
{
    /// <summary>The longest reference, in characters.</summary>
    public const int LongestReference = 64;

    /// <summary>The most clearances.</summary>
    public const int MostClearances = 100;

    /// <summary>The most candidate starts.</summary>
    public const int MostSlots = 100;

    public ScreeningEnvelopeValidator()
    {
        RuleFor(envelope => envelope.Reference).NoLongerThan(LongestReference);
        RuleFor(envelope => envelope.Slots).NoMoreThan(MostSlots);
        RuleFor(envelope => envelope.Clearances).Must(clearances => clearances.Count <= MostClearances).WithCode(ErrorCode.TooMany);
        RuleForEach(envelope => envelope.Clearances).SetValidator(new StatedClearanceValidator());
    }
}

/// <summary>The limits of one clearance.</summary>
public sealed class StatedClearanceValidator : AbstractValidator<StatedClearance>
{
    /// <summary>The longest name of a clinician, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 1000;

    public StatedClearanceValidator()
    {
        RuleFor(clearance => clearance.By).NotBlank().NoLongerThan(LongestName);
        RuleFor(clearance => clearance.Note).NoLongerThan(LongestNote);
    }
}

/// <summary>Joins FluentValidation's rules to this service's own error codes: its stock messages would echo values.</summary>
internal static class ValidationCodes
{
    /// <summary>Fails with this code; the message is the code's own.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithCode<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, ErrorCode code) =>
        rule.WithErrorCode(code.Code).WithMessage(code.Meaning).WithState(_ => code);

    /// <summary>At most so many characters, as Unicode counts them.</summary>
    public static IRuleBuilderOptions<T, string?> NoLongerThan<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.SetValidator(new Limit<T, string?>(most, text => text is null || text.Length <= most || text.EnumerateRunes().Count() <= most)).WithCode(ErrorCode.TooLong);

    /// <summary>At most so many elements.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TElement>> NoMoreThan<T, TElement>(this IRuleBuilder<T, IReadOnlyList<TElement>> rule, int most) =>
        rule.SetValidator(new Limit<T, IReadOnlyList<TElement>>(most, list => list.Count <= most)).WithCode(ErrorCode.TooMany);

    /// <summary>Says something; that a required text is there at all is another rule's.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new NotBlankValidator<T>()).WithCode(ErrorCode.EmptyText);

    /// <summary>Runs a validator and notes what fails at its JSON pointer.</summary>
    public static void Validate<T>(this AbstractValidator<T> validator, T instance, InputErrors errors)
    {
        foreach (var failure in validator.Validate(instance).Errors)
        {
            errors.Add(ToPointer(failure.PropertyName), (ErrorCode)failure.CustomState);
        }
    }

    /// <summary><c>Clearances[0].By</c> as <c>/clearances/0/by</c>.</summary>
    private static string ToPointer(string property)
    {
        var pointer = new StringBuilder(property.Length + 2);
        foreach (var step in property.Split('.', '['))
        {
            pointer.Append('/').Append(char.ToLowerInvariant(step[0])).Append(step.AsSpan(1).TrimEnd(']'));
        }

        return pointer.ToString();
    }
}

/// <summary>An upper limit. The stock rules count UTF-16 units; as one of their kind this one is read by the OpenAPI document like them.</summary>
internal sealed class Limit<T, TProperty>(int most, Func<TProperty, bool> holds) : PropertyValidator<T, TProperty>, ILengthValidator
{
    /// <inheritdoc/>
    public override string Name => "Limit";

    /// <inheritdoc/>
    public int Min => 0;

    /// <inheritdoc/>
    public int Max => most;

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, TProperty value) => holds(value);
}

/// <summary>Refuses a text of nothing but space.</summary>
internal sealed class NotBlankValidator<T> : PropertyValidator<T, string?>, INotEmptyValidator
{
    /// <inheritdoc/>
    public override string Name => "NotBlank";

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, string? value) => value is null || !string.IsNullOrWhiteSpace(value);
}
