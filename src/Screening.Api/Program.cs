using Screening.Api;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;

IHostEnvironment? environment = null;
try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    environment = builder.Environment;
    builder.AddScreening();
    var app = builder.Build();
    app.UseScreening();
    await app.ListenAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (ProtocolLoadException flawed)
{
    StartLog.ProtocolsFlawed(environment, flawed.Flaws);
    return 1;
}
catch (SettingException flawed)
{
    StartLog.NotStarted(environment, flawed.Message);
    return 1;
}
catch (Exception failure) when (failure is not HostAbortedException)
{
    StartLog.Failed(environment, failure);
    return 1;
}

/// <summary>The entry point, public so that tests can start the service as it is.</summary>
public sealed partial class Program;
