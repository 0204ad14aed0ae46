using System.Text;
using FluentValidation;
using FluentValidation.Validators;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>The limits of a request's own texts and lists; answers are validated against their protocol instead.</summary>
public sealed class ScreeningEnvelopeValidator : AbstractValidator<ScreeningEnvelope>
{
    /// <summary>The maximum length of a reference, in characters.</summary>
    public const int LongestReference = 64;

    /// <summary>The maximum number of clearances.</summary>
    public const int MostClearances = 100;

    /// <summary>The maximum number of candidate starts.</summary>
    public const int MostSlots = 100;

    public ScreeningEnvelopeValidator()
    {
        RuleFor(envelope => envelope.Reference).NoLongerThan(LongestReference);
        RuleFor(envelope => envelope.Slots).NoMoreThan(MostSlots);
        RuleFor(envelope => envelope.Clearances).NoMoreThan(MostClearances);
        RuleForEach(envelope => envelope.Clearances).SetValidator(new StatedClearanceValidator());
    }
}

/// <summary>The limits of one clearance.</summary>
public sealed class StatedClearanceValidator : AbstractValidator<StatedClearance>
{
    /// <summary>The maximum length of a clinician's name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The maximum length of a note, in characters.</summary>
    public const int LongestNote = 1000;

    public StatedClearanceValidator()
    {
        RuleFor(clearance => clearance.By).NotBlank().NoLongerThan(LongestName);
        RuleFor(clearance => clearance.Note).NoLongerThan(LongestNote);
    }
}

/// <summary>Connects FluentValidation to this service's error codes: its default messages would echo values.</summary>
internal static class ValidationCodes
{
    /// <summary>Sets the error code and its message.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithCode<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, ErrorCode code) =>
        rule.WithErrorCode(code.Code).WithMessage(code.Meaning).WithState(_ => code);

    /// <summary>Limits the length in characters, counted as Unicode code points.</summary>
    public static IRuleBuilderOptions<T, string?> NoLongerThan<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.SetValidator(new Limit<T, string?>(max, text => text is null || text.Length <= max || text.EnumerateRunes().Count() <= max))
            .WithCode(ErrorCode.TooLong);

    /// <summary>Limits the number of elements.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TElement>> NoMoreThan<T, TElement>(
        this IRuleBuilder<T, IReadOnlyList<TElement>> rule, int max) =>
        rule.SetValidator(new Limit<T, IReadOnlyList<TElement>>(max, list => list.Count <= max)).WithCode(ErrorCode.TooMany);

    /// <summary>Rejects blank texts; another rule checks that a required text is present.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.SetValidator(new NotBlankValidator<T>()).WithCode(ErrorCode.EmptyText);

    /// <summary>Runs a validator and adds each failure with its JSON pointer.</summary>
    public static void Validate<T>(this AbstractValidator<T> validator, T instance, InputErrors errors)
    {
        foreach (var failure in validator.Validate(instance).Errors)
        {
            errors.Add(ToPointer(failure.PropertyName), (ErrorCode)failure.CustomState);
        }
    }

    /// <summary>Converts <c>Clearances[0].By</c> to <c>/clearances/0/by</c>.</summary>
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

/// <summary>
/// An upper limit. The built-in rules count UTF-16 code units; <see cref="ILengthValidator"/> lets the OpenAPI document read this one too.
/// </summary>
internal sealed class Limit<T, TProperty>(int max, Func<TProperty, bool> isValid) : PropertyValidator<T, TProperty>, ILengthValidator
{
    /// <inheritdoc/>
    public override string Name => "Limit";

    /// <inheritdoc/>
    public int Min => 0;

    /// <inheritdoc/>
    public int Max => max;

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, TProperty value) => isValid(value);
}

/// <summary>Rejects a text that is only white space.</summary>
internal sealed class NotBlankValidator<T> : PropertyValidator<T, string?>, INotEmptyValidator
{
    /// <inheritdoc/>
    public override string Name => "NotBlank";

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, string? value) => value is null || !string.IsNullOrWhiteSpace(value);
}
