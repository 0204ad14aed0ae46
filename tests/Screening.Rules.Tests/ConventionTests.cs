using System.Reflection;
using System.Runtime.CompilerServices;

namespace Screening.Rules.Tests;

public static class ConventionTests
{
    private static readonly Assembly Rules = typeof(Protocol).Assembly;
    private static readonly Type[] Public = Rules.GetExportedTypes();

    /// <summary>The types that change, each with its reason.</summary>
    private static readonly Dictionary<Type, string> Mutable = new()
    {
        [typeof(InputErrors)] = "collects the errors of one request while it is read",
        [typeof(AnswerSheet)] = "collects the answers of one request while it is read",
        [typeof(CodeList)] = "collects the codes of one answer while it is read",
    };

    [Fact]
    public static void The_rules_module_references_nothing_but_NodaTime_and_the_runtime() =>
        Assert.All(Rules.GetReferencedAssemblies(), reference => Assert.True(reference.Name == "NodaTime" || reference.Name!.StartsWith("System.", StringComparison.Ordinal), reference.Name));

    [Theory]
    [InlineData("System.Net")]
    [InlineData("System.IO.FileSystem")]
    [InlineData("System.Console")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Threading")]
    [InlineData("Microsoft")]
    public static void The_rules_module_is_pure(string prefix) =>
        Assert.DoesNotContain(Rules.GetReferencedAssemblies(), reference => reference.Name!.StartsWith(prefix, StringComparison.Ordinal));

    [Fact]
    public static void No_public_property_can_be_set_after_its_object_is_made() =>
        Assert.Empty(
            from type in Public
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            where !Mutable.ContainsKey(type)
            select $"{type.Name}.{property.Name}");

    [Fact]
    public static void No_public_field_can_be_set() =>
        Assert.Empty(
            from type in Public
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && !field.IsSpecialName
            select $"{type.Name}.{field.Name}");

    [Fact]
    public static void No_instance_field_changes_after_its_object_is_made() =>
        Assert.Empty(
            from type in Public
            where !type.IsEnum && !Mutable.ContainsKey(type)
            from field in type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !IsOfAnInitProperty(type, field) && !LinkedOnce.Contains($"{type.Name}.{field.Name}")
            select $"{type.Name}.{field.Name}");

    /// <summary>Set while the protocol is compiled, when every question exists, and never again.</summary>
    private static readonly string[] LinkedOnce = ["CompiledQuestion.neededWhen"];

    [Fact]
    public static void No_collection_that_can_change_is_handed_out() =>
        Assert.Empty(
            from type in Public
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let handedOut = property.PropertyType
            where handedOut.IsArray || (handedOut.IsGenericType && handedOut.GetGenericTypeDefinition() is var definition
                && (definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>) || definition == typeof(Dictionary<,>) || definition == typeof(HashSet<>) || definition == typeof(Span<>) || definition == typeof(Memory<>)))
            select $"{type.Name}.{property.Name}");

    [Fact]
    public static void Only_calendar_types_of_NodaTime_stand_in_the_public_API()
    {
        Type[] banned = [typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(TimeZoneInfo), typeof(TimeProvider), typeof(NodaTime.IClock)];
        Assert.Empty(
            from type in Public
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            from used in Used(member)
            where banned.Contains(used)
            select $"{type.Name}.{member.Name}: {used.Name}");
    }

    [Fact]
    public static void Every_public_class_is_sealed_static_or_the_closed_base_of_sealed_ones() =>
        Assert.Empty(
            from type in Public
            where type.IsClass && !type.IsSealed
            where !type.IsAbstract || Public.Where(t => t.IsSubclassOf(type)).Any(t => !t.IsSealed) || !Public.Any(t => t.IsSubclassOf(type))
            select type.Name);

    [Fact]
    public static void The_default_of_every_status_is_the_one_that_lets_nobody_through()
    {
        Assert.Equal(Eligibility.Ineligible, default);
        Assert.Equal(Outcome.Undetermined, default);
        Assert.Equal(Effect.Exclude, default);
        Assert.False(Decision.IsBookable(default));
        Assert.False(default(Answer).Given);
        Assert.Equal(Eligibility.Ineligible, default(Finding).Level);
    }

    [Theory]
    [InlineData("ineligible incomplete review deferred conditional eligible", typeof(Eligibility))]
    [InlineData("undetermined triggered cleared clear", typeof(Outcome))]
    [InlineData("exclude review defer require", typeof(Effect))]
    [InlineData("indefinite until-resolved until-date", typeof(Persistence))]
    [InlineData("before after", typeof(CarePhase))]
    [InlineData("do avoid may expect tell", typeof(CareKind))]
    [InlineData("condition allergy medication device procedure observation", typeof(RecordKind))]
    public static void The_wire_names_are_those_of_the_contract(string names, Type vocabulary)
    {
        var of = typeof(WireName).GetMethod(nameof(WireName.Of))!.MakeGenericMethod(vocabulary);
        Assert.Equal(names, string.Join(' ', Enum.GetValues(vocabulary).Cast<object>().Select(value => of.Invoke(null, [value]))));
    }

    [Fact]
    public static void Every_error_code_is_in_the_catalogue_once_and_says_what_is_wrong_and_what_to_do()
    {
        var declared = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ErrorCode)field.GetValue(null)!).ToList();

        Assert.Equal(declared, ErrorCode.All);
        Assert.Equal(declared.Count, declared.Select(code => code.Code).Distinct().Count());
        Assert.All(declared, code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code.Code));
        Assert.All(declared, code => Assert.True(Language.All.All(language => code.Explanation.Meaning.In(language).EndsWith('.') && code.Explanation.Remedy.In(language).EndsWith('.')), code.Code));
    }

    private static bool IsOfAnInitProperty(Type type, FieldInfo field) =>
        field.Name.StartsWith('<') && type.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)]) is { SetMethod: { } setter }
        && setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static IEnumerable<Type> Used(MemberInfo member) => (member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => Enumerable.Empty<Type>(),
    }).SelectMany(type => type.IsGenericType ? type.GetGenericArguments().Append(type) : [type.IsByRef ? type.GetElementType()! : type]);
}
