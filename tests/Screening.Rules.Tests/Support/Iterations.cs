using System.Runtime.CompilerServices;

namespace Screening.Rules.Tests.Support;

internal static class Iterations
{
    private const string Variable = "CsCheck_Iter";

    /// <summary>
    /// Each law is tried on a thousand generated cases by <c>dotnet test</c> and on ten thousand by <c>tests/run-full</c>, unless the environment
    /// says otherwise. A law that fails prints its seed; <c>CsCheck_Seed</c> repeats it.
    /// </summary>
    [ModuleInitializer]
    internal static void Set()
    {
        // CsCheck reads it when it is first used, which is after this module is loaded.
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable("SCREENING_FULL") == "1" ? "10000" : "1000");
        }
    }
}
