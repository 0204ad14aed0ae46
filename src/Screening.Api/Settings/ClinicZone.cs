using NodaTime;
using Screening.Rules;

namespace Screening.Api.Settings;

/// <summary>The clinic's time zone, for requests that cannot name one: the setting <c>Clinic:TimeZone</c>, an IANA name.</summary>
public sealed class ClinicZone
{
    private const string Setting = "Clinic:TimeZone";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The zone is unknown.</exception>
    public ClinicZone(IConfiguration configuration)
    {
        var name = configuration[Setting];
        Configured = string.IsNullOrEmpty(name) ? null
            : ClinicZones.Find(name)
                ?? throw new SettingException(Setting, "the name of an IANA time zone, such as America/New_York, in its exact spelling.");
    }

    /// <summary>The zone; null when none is configured.</summary>
    public DateTimeZone? Configured { get; }
}
