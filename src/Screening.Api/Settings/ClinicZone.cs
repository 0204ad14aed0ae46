using NodaTime;
using Screening.Rules;

namespace Screening.Api.Settings;

/// <summary>The clinic's time zone, for requests that cannot name one: the setting <c>Clinic:TimeZone</c>, an IANA name.</summary>
public sealed class ClinicZone
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The zone is unknown.</exception>
    public ClinicZone(IConfiguration configuration) => Configured = ServiceSettings.ClinicTimeZone.Of(configuration, ClinicZones.Find);

    /// <summary>The zone; null when none is configured.</summary>
    public DateTimeZone? Configured { get; }
}
