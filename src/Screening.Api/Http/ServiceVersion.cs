using System.Reflection;

namespace Screening.Api.Http;

/// <summary>The version of the service, as set in <c>Directory.Build.props</c>.</summary>
internal static class ServiceVersion
{
    /// <summary>For example <c>1.0.0</c>.</summary>
    public static string Text { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
