using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Screening.Api.Contract;
using Screening.Api.Screenings;
using Screening.Fhir;
using Screening.Rules;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>
/// What the types of the contract say beyond their shape: what each word of a vocabulary means, what may be null, and the limits that the validators
/// enforce, read from the validators themselves.
/// </summary>
internal sealed class ContractSchemas : ISchemaFilter
{
    private static readonly Dictionary<Type, IValidator> Limits = new()
    {
        [typeof(CreateScreeningRequest)] = new ScreeningEnvelopeValidator(),
        [typeof(ClearanceRequest)] = new StatedClearanceValidator(),
    };

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        Describe(schema, context);
        if (schema is not OpenApiSchema concrete)
        {
            return;
        }

        if (concrete.Pattern is { } form && concrete.Items is OpenApiSchema item)
        {
            // An attribute of a list can only speak of the list; a form is its items'.
            (concrete.Pattern, item.Pattern) = (null, form);
        }

        if (context.MemberInfo is null && context.Type.IsEnum)
        {
            Explain(concrete, context.Type);
        }
        else if (context.MemberInfo is null)
        {
            LeaveOutRatherThanNull(concrete, context.Type);
            ApplyLimits(concrete, context.Type);
        }

        if (context.MemberInfo is null && context.Type == typeof(CdsCardExtension))
        {
            // In the code it is JSON that was written already.
            var description = concrete.Properties![Canonicals.Decision].Description;
            concrete.Properties[Canonicals.Decision] =
                new OpenApiSchemaReference(nameof(ScreeningResponse)) { Description = description };
        }
    }

    /// <summary>The format of protocols says what it means in attributes, for whoever writes one; its comments are for whoever changes the code.</summary>
    private static void Describe(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var own = (context.MemberInfo ?? context.Type).GetCustomAttribute<DescriptionAttribute>()?.Description;
        var ofRules = context.MemberInfo?.DeclaringType?.Assembly == typeof(Protocol).Assembly;
        if (schema is OpenApiSchemaReference && (context.MemberInfo is null || ofRules))
        {
            // What the type is stands at the type; repeated at each use of it, it would only be longer.
            schema.Description = own is not null && context.MemberInfo is not null ? own : null;
        }
        else if (own is not null)
        {
            schema.Description = own;
        }

        foreach (var inherited in schema.AllOf?.OfType<OpenApiSchemaReference>() ?? [])
        {
            inherited.Description = null;
        }
    }

    private static void Explain(OpenApiSchema schema, Type vocabulary)
    {
        var names = schema.Enum!.Select(name => name!.GetValue<string>());
        schema.Description += "\n" + string.Concat(names.Zip(XmlTexts.OfValues(vocabulary), (name, meaning) => $"\n* `{name}`: {meaning}"));
    }

    /// <summary>
    /// A member that is not required is left out, never null: requests refuse null, and answers do not write it there. An answer's member that can be
    /// either says so, by an attribute that never ignores its null.
    /// </summary>
    private static void LeaveOutRatherThanNull(OpenApiSchema schema, Type owner)
    {
        foreach (var own in (schema.AllOf ?? []).OfType<OpenApiSchema>().Append(schema))
        {
            foreach (var (name, member) in own.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (member is OpenApiSchema { Type: { } type } optional && own.Required?.Contains(name) != true && !CanBeNull(owner, name))
                {
                    optional.Type = type & ~JsonSchemaType.Null;
                }
            }
        }
    }

    private static bool CanBeNull(Type owner, string member) => Array.Exists(
        owner.GetProperties(),
        property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == member && property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never);

    private static void ApplyLimits(OpenApiSchema schema, Type type)
    {
        if (!Limits.TryGetValue(type, out var validator))
        {
            return;
        }

        foreach (var rules in validator.CreateDescriptor().GetMembersWithValidators())
        {
            var member = (OpenApiSchema)schema.Properties![JsonNamingPolicy.CamelCase.ConvertName(rules.Key)];
            foreach (var (rule, _) in rules)
            {
                Apply(member, rule);
            }
        }
    }

    private static void Apply(OpenApiSchema member, IPropertyValidator rule)
    {
        switch (rule)
        {
            case ILengthValidator length when member.Type == JsonSchemaType.Array:
                member.MaxItems = length.Max;
                break;
            case ILengthValidator length:
                member.MaxLength = length.Max;
                break;
            case INotEmptyValidator:
                member.MinLength = 1;
                break;
        }
    }
}
