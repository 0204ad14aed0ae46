using Microsoft.AspNetCore.Connections;
using Screening.Api;
using Screening.Api.Loading;
using Screening.Api.Logging;
using Screening.Api.Settings;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddScreening();
    var app = builder.Build();
    app.UseScreening();
    await app.RunAsync();
    return 0;
}
catch (ProtocolLoadException flawed)
{
    StartLog.ProtocolsFlawed(flawed.Flaws);
    return 1;
}
catch (SettingException flawed)
{
    StartLog.NotStarted(flawed.Message);
    return 1;
}
catch (IOException failed) when (failed.InnerException is AddressInUseException)
{
    StartLog.NotStarted(failed.Message);
    return 1;
}

/// <summary>The entry point, public so that tests can start the service as it is.</summary>
public sealed partial class Program;
