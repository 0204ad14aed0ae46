using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;
using Parameter = Hl7.Fhir.Model.Parameters.ParameterComponent;

namespace Screening.Fhir.Reading;

/// <summary>The parameters of an operation that appear at most once, by name. Each location is a FHIRPath.</summary>
/// <param name="names">Their names; any other is an error.</param>
/// <param name="accepted">All names that the operation accepts, in words.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed class NamedParameters(string[] names, LocalizedText accepted, InputErrors errors)
{
    /// <summary>FHIRPath to all parameters.</summary>
    public const string Root = nameof(Parameters);

    private readonly Dictionary<string, (Parameter Parameter, string At)> found = new(StringComparer.Ordinal);

    /// <summary>Sorts the parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="takeRepeating">Takes a parameter of a name that may repeat; false for any other.</param>
    public void Find(Parameters parameters, Func<Parameter, string, bool> takeRepeating)
    {
        if (parameters.ImplicitRulesElement is not null)
        {
            errors.Add(Root + ".implicitRules", ErrorCode.UnknownMember, Modifiers.Accepted, Modifiers.Told);
        }

        for (var i = 0; i < parameters.Parameter.Count; i++)
        {
            var parameter = parameters.Parameter[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"{Root}.parameter[{i}]");
            Modifiers.Check(parameter.ModifierExtension, at, errors);
            if (takeRepeating(parameter, at))
            {
                continue;
            }

            if (!names.Contains(parameter.Name, StringComparer.Ordinal))
            {
                errors.Add(at, ErrorCode.UnknownMember, accepted, Words.Text("fhir.noParameter"));
            }
            else if (!found.TryAdd(parameter.Name!, (parameter, at)))
            {
                errors.Add(at, ErrorCode.RepeatedMember, told: Words.Text("fhir.repeatedParameter"));
            }
        }
    }

    /// <summary>Reports each of these that is absent.</summary>
    public void Require(params string[] required)
    {
        foreach (var name in required.Where(name => !found.ContainsKey(name)))
        {
            errors.Add(Root, ErrorCode.MissingMember, accepted, Words.Text("fhir.parameterNeeded").With("name", $"`{name}`"));
        }
    }

    /// <summary>FHIRPath to a parameter; null when it is absent.</summary>
    public string? At(string name) => found.TryGetValue(name, out var parameter) ? parameter.At : null;

    /// <summary>A resource; null, with the error reported, when the parameter is something else.</summary>
    public (T Resource, string At)? Take<T>(string name)
        where T : Resource
    {
        if (!found.TryGetValue(name, out var parameter))
        {
            return null;
        }

        if (parameter.Parameter is { Resource: T resource, Part.Count: 0 })
        {
            return (resource, parameter.At + ".resource");
        }

        errors.Add(parameter.At, ErrorCode.WrongType, FhirAccepted.Resource(typeof(T).Name));
        return null;
    }

    /// <summary>A value; null, with the error reported, when the parameter is something else.</summary>
    /// <param name="name">The name.</param>
    /// <param name="element">The element that has it.</param>
    public (T Value, string At)? Value<T>(string name, string element)
        where T : DataType
    {
        if (!found.TryGetValue(name, out var parameter))
        {
            return null;
        }

        if (parameter.Parameter is { Value: T value, Part.Count: 0 } && value is not PrimitiveType { JsonValue: null })
        {
            return (value, parameter.At + ".value");
        }

        errors.Add(parameter.At, ErrorCode.WrongType, FhirAccepted.Values(element));
        return null;
    }

    /// <summary>The clinic's zone as the request names it; null when it does not, or in another type.</summary>
    public ZoneStatement? Zone() =>
        Value<FhirString>("timeZone", "valueString") is (var zone, var at) ? new ZoneStatement(zone.Value!, at) : null;

    /// <summary>The as-of instant.</summary>
    public Stated<StatedTime> AsOf()
    {
        if (At("asOf") is null)
        {
            return default;
        }

        if (Value<Hl7.Fhir.Model.Instant>("asOf", "valueInstant") is not (var instant, var at))
        {
            return new(true, null);
        }

        var time = AppointmentReader.Parse((string)instant.JsonValue!, offsetNeeded: true);
        if (time is null)
        {
            errors.Add(at, ErrorCode.InvalidDateTime, Accepted.Instant);
        }

        return new(true, time);
    }
}
