using NodaTime;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The time zone of the clinic, for requests that cannot name it: the setting <c>Clinic:TimeZone</c>, an IANA name.</summary>
public sealed class ClinicZone
{
    private const string Setting = "Clinic:TimeZone";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">There is no such zone.</exception>
    public ClinicZone(IConfiguration configuration)
    {
        var stated = configuration[Setting];
        Configured = string.IsNullOrEmpty(stated) ? null
            : ClinicZones.Find(stated) ?? throw new SettingException(Setting, "the name of an IANA time zone, such as America/New_York, in its exact spelling.");
    }

    /// <summary>The zone; null when none is configured.</summary>
    public DateTimeZone? Configured { get; }
}
