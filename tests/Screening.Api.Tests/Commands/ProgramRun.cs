using System.Diagnostics;
using System.Text;

namespace Screening.Api.Tests.Commands;

/// <summary>The program, run as an operator runs it, until it ends by itself.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it said on standard output.</param>
/// <param name="Error">What it said on standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public static Task<ProgramRun> OfAsync(params string[] args) => OfAsync(args, []);

    /// <summary>Runs it with environment variables, and perhaps below a command that takes something from it.</summary>
    public static Task<ProgramRun> OfAsync(string[] args, IEnumerable<(string Name, string Value)> variables, params string[] below) =>
        OfAsync(args, string.Empty, variables, below);

    /// <summary>Runs it with something on standard input.</summary>
    public static async Task<ProgramRun> OfAsync(
        string[] args, string input, IEnumerable<(string Name, string Value)> variables, params string[] below)
    {
        string[] command = [.. below, "dotnet", typeof(Program).Assembly.Location, .. args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Production" },
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await error);
    }
}
