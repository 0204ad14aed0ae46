using System.Text;
using FluentValidation;
using FluentValidation.Validators;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>The limits of a request's own texts and lists; answers are validated against their protocol instead.</summary>
public sealed class ScreeningEnvelopeValidator : AbstractValidator<ScreeningEnvelope>
{
    public ScreeningEnvelopeValidator()
    {
        RuleFor(envelope => envelope.Reference).NoLongerThan(RequestLimits.LongestReference, RequestLimits.Reference);
        RuleFor(envelope => envelope.Slots).NoMoreThan(RequestLimits.MostSlots, RequestLimits.Slots);
        RuleFor(envelope => envelope.Clearances).NoMoreThan(RequestLimits.MostClearances, RequestLimits.Clearances);
        RuleForEach(envelope => envelope.Clearances).SetValidator(new StatedClearanceValidator());
    }
}

/// <summary>The limits of one clearance.</summary>
public sealed class StatedClearanceValidator : AbstractValidator<StatedClearance>
{
    public StatedClearanceValidator()
    {
        RuleFor(clearance => clearance.By).NotBlank(RequestLimits.Name).NoLongerThan(RequestLimits.LongestName, RequestLimits.Name);
        RuleFor(clearance => clearance.Note).NoLongerThan(RequestLimits.LongestNote, RequestLimits.Note);
    }
}

/// <summary>Connects FluentValidation to this service's error codes: its default messages would echo values.</summary>
internal static class ValidationCodes
{
    /// <summary>Sets the error code, and what is accepted.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithCode<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule, ErrorCode code, LocalizedText accepted) =>
        rule.WithErrorCode(code.Code).WithMessage(code.Code).WithState(_ => new Failure(code, accepted));

    /// <summary>Limits the length in characters, counted as Unicode code points.</summary>
    public static IRuleBuilderOptions<T, string?> NoLongerThan<T>(
        this IRuleBuilder<T, string?> rule, int max, LocalizedText accepted) =>
        rule.SetValidator(new Limit<T, string?>(max, text => text is null || text.Length <= max || text.EnumerateRunes().Count() <= max))
            .WithCode(ErrorCode.TooLong, accepted);

    /// <summary>Limits the number of elements.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TElement>> NoMoreThan<T, TElement>(
        this IRuleBuilder<T, IReadOnlyList<TElement>> rule, int max, LocalizedText accepted) =>
        rule.SetValidator(new Limit<T, IReadOnlyList<TElement>>(max, list => list.Count <= max)).WithCode(ErrorCode.TooMany, accepted);

    /// <summary>Rejects blank texts; another rule checks that a required text is present.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule, LocalizedText accepted) =>
        rule.SetValidator(new NotBlankValidator<T>()).WithCode(ErrorCode.EmptyText, accepted);

    /// <summary>Runs a validator and adds each failure with its JSON pointer.</summary>
    public static void Validate<T>(this AbstractValidator<T> validator, T instance, InputErrors errors)
    {
        foreach (var failure in validator.Validate(instance).Errors)
        {
            var (code, accepted) = (Failure)failure.CustomState;
            errors.Add(ToPointer(failure.PropertyName), code, accepted);
        }
    }

    private sealed record Failure(ErrorCode Code, LocalizedText Accepted);

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

/// <summary>Rejects a text in which there is nothing to read.</summary>
internal sealed class NotBlankValidator<T> : PropertyValidator<T, string?>, INotEmptyValidator
{
    /// <inheritdoc/>
    public override string Name => "NotBlank";

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, string? value) => value is null || VisibleText.IsIn(value);
}
