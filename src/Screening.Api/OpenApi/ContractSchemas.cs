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
/// Adds to the schemas of contract types what their shape does not express: the meaning of each enum value, what may be null, and the
/// limits, which are read from the validators.
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

        if (concrete.Pattern is { } pattern && concrete.Items is OpenApiSchema item)
        {
            // An attribute on a list applies to the list, but the pattern is for its items.
            (concrete.Pattern, item.Pattern) = (null, pattern);
        }

        if (context.MemberInfo is null && context.Type.IsEnum)
        {
            DescribeValues(concrete, context.Type);
        }
        else if (context.MemberInfo is null)
        {
            RemoveNullFromOptionalMembers(concrete, context.Type);
            ApplyLimits(concrete, context.Type);
        }

        if (context.MemberInfo is null)
        {
            DescribeRawJson(concrete, context.Type);
        }
    }

    /// <summary>Describes the members that are raw JSON in code.</summary>
    private static void DescribeRawJson(OpenApiSchema schema, Type type)
    {
        if (type == typeof(CdsCardExtension))
        {
            var description = schema.Properties![Canonicals.Decision].Description;
            schema.Properties[Canonicals.Decision] = new OpenApiSchemaReference(nameof(ScreeningResponse)) { Description = description };
        }
        else if (type.Assembly == typeof(Protocol).Assembly && schema.Properties?.TryGetValue("answers", out var member) == true)
        {
            // Of a protocol's examples, by its questions.
            ((OpenApiSchema)member).Type = JsonSchemaType.Object;
        }
    }

    /// <summary>
    /// Descriptions of the protocol format are attributes, for protocol authors; its XML comments are for developers of the service.
    /// </summary>
    private static void Describe(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var description = (context.MemberInfo ?? context.Type).GetCustomAttribute<DescriptionAttribute>()?.Description;
        var ofRules = context.MemberInfo?.DeclaringType?.Assembly == typeof(Protocol).Assembly;
        if (schema is OpenApiSchemaReference && (context.MemberInfo is null || ofRules))
        {
            // The type is described at its definition; repeating that at each use would only add length.
            schema.Description = description is not null && context.MemberInfo is not null ? description : null;
        }
        else if (description is not null)
        {
            schema.Description = description;
        }

        foreach (var inherited in schema.AllOf?.OfType<OpenApiSchemaReference>() ?? [])
        {
            inherited.Description = null;
        }
    }

    private static void DescribeValues(OpenApiSchema schema, Type vocabulary)
    {
        var names = schema.Enum!.Select(name => name!.GetValue<string>());
        schema.Description += "\n" + string.Concat(names.Zip(XmlTexts.OfValues(vocabulary), (name, meaning) => $"\n* `{name}`: {meaning}"));
    }

    /// <summary>
    /// An optional member is omitted, never null: requests reject null, and responses do not write it. A response member that can be null
    /// declares so, by a <c>JsonIgnore</c> attribute that never ignores.
    /// </summary>
    private static void RemoveNullFromOptionalMembers(OpenApiSchema schema, Type owner)
    {
        foreach (var part in (schema.AllOf ?? []).OfType<OpenApiSchema>().Append(schema))
        {
            foreach (var (name, member) in part.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (member is OpenApiSchema { Type: { } type } optional && part.Required?.Contains(name) != true && !CanBeNull(owner, name))
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
