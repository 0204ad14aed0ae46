using Microsoft.AspNetCore.Connections;
using Screening.Api;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;

var builder = WebApplication.CreateSlimBuilder(args);
try
{
    builder.AddScreening();
    var app = builder.Build();
    app.UseScreening();
    await app.RunAsync();
    return 0;
}
catch (ProtocolLoadException flawed)
{
    StartLog.ProtocolsFlawed(builder.Environment, flawed.Flaws);
    return 1;
}
catch (SettingException flawed)
{
    StartLog.NotStarted(builder.Environment, flawed.Message);
    return 1;
}
catch (IOException failed) when (failed.InnerException is AddressInUseException)
{
    StartLog.NotStarted(builder.Environment, failed.Message);
    return 1;
}
catch (Exception failure) when (failure is not HostAbortedException)
{
    StartLog.Failed(builder.Environment, failure);
    return 1;
}

/// <summary>The entry point, public so that tests can start the service as it is.</summary>
public sealed partial class Program;
