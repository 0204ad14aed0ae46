using System.Runtime.CompilerServices;

namespace Screening.Rules.Tests.Support;

internal static class Iterations
{
    private const string Variable = "CsCheck_Iter";

    /// <summary>Each law is tried on this many generated cases, unless the environment says otherwise.</summary>
    [ModuleInitializer]
    internal static void Set()
    {
        // CsCheck reads it when it is first used, which is after this module is loaded.
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1000");
        }
    }
}
