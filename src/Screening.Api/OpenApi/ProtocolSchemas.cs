using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Api.Contract;
using Screening.Rules;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>
/// Adds the protocols' questions to the schemas of a request: <c>answers</c> and the treated areas. A further protocol adds a component
/// without any change here.
/// </summary>
internal sealed class ProtocolSchemas(ProtocolCatalog catalog) : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete || context.MemberInfo is not null)
        {
            return;
        }

        if (context.Type == typeof(CreateScreeningRequest))
        {
            ((OpenApiSchema)concrete.Properties!["protocol"]).Examples =
                [.. catalog.Families.SelectMany(family => new[] { family.Id, family.Id + "@" + family.Versions[^1].Document.Version }.Select(id => JsonValue.Create(id)))];
            concrete.Properties!["answers"] = AnyOf(concrete.Properties["answers"], protocol => new AnswersSchema(protocol, Prefix(protocol), context.SchemaRepository).Add());
        }
        else if (context.Type == typeof(AppointmentRequest))
        {
            var areas = (OpenApiSchema)concrete.Properties!["areas"];
            areas.Items = AnyOf(null, protocol => new AnswersSchema(protocol, Prefix(protocol), context.SchemaRepository).AddAreas());
            areas.MinItems = 1;
            areas.UniqueItems = true;
            areas.MaxItems = catalog.Families.SelectMany(family => family.Versions).Max(protocol => protocol.Document.TreatmentAreas.Options.Count);
        }
        else if (context.Type == typeof(ProtocolDocument))
        {
            concrete.Properties!["treatmentAreas"] = WithoutType(concrete.Properties["treatmentAreas"], context.SchemaRepository);
        }
    }

    /// <summary>
    /// A single protocol is a plain reference. Of several any may match: no question is required, so the same answers can be valid for more
    /// than one.
    /// </summary>
    private IOpenApiSchema AnyOf(IOpenApiSchema? member, Func<Protocol, OpenApiSchemaReference> add)
    {
        OpenApiSchemaReference[] each = [.. catalog.Families.SelectMany(family => family.Versions).Select(add)];
        if (each is [var single])
        {
            single.Description = member?.Description;
            return single;
        }

        return new OpenApiSchema { Description = member?.Description, AnyOf = [.. each] };
    }

    /// <summary>
    /// The latest version uses the protocol's bare name, so that names in generated clients stay when a version is added.
    /// </summary>
    private string Prefix(Protocol protocol)
    {
        var name = string.Concat(protocol.Id.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return catalog.Find(protocol.Id)!.Versions[^1] == protocol ? name : name + "_" + protocol.Document.Version.Replace('.', '_') + "_";
    }

    /// <summary>The treated areas are a question of a fixed type, so their part of the file has no type member.</summary>
    private static OpenApiSchemaReference WithoutType(IOpenApiSchema question, SchemaRepository repository)
    {
        const string Name = "ProtocolTreatmentAreas";
        var parts = repository.Schemas[((OpenApiSchemaReference)question).Reference.Id!].AllOf!;
        var common = repository.Schemas[((OpenApiSchemaReference)parts[0]).Reference.Id!];
        var type = common.Discriminator!.PropertyName;
        return repository.AddDefinition(Name, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = question.Description,
            Required = new SortedSet<string>([.. common.Required!.Where(name => name != type), .. parts[1].Required!], StringComparer.Ordinal),
            Properties = common.Properties!.Where(member => member.Key != type).Concat(parts[1].Properties!).ToDictionary(member => member.Key, member => member.Value),
        });
    }
}
