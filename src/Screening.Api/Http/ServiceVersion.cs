using System.Reflection;

namespace Screening.Api.Http;

/// <summary>The version of the service, wherever it is told. It stands in <c>Directory.Build.props</c>.</summary>
internal static class ServiceVersion
{
    /// <summary>Such as <c>1.0.0</c>.</summary>
    public static string Text { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
