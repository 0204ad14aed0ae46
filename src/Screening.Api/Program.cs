using Screening.Api.Commands;
using Screening.Api.Hosting;

return DescriptorLimit.IsEnoughToTell() ? await CommandLine.InvokeAsync(args) : CommandLine.Flawed;

/// <summary>The entry point, public so that tests can start the service as it is.</summary>
public sealed partial class Program;
