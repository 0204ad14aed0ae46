using Screening.Api.Commands;

return await CommandLine.InvokeAsync(args);

/// <summary>The entry point, public so that tests can start the service as it is.</summary>
public sealed partial class Program;
