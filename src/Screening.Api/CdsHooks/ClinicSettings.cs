using Screening.Api.Settings;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>All that the settings say of the clinic and its record system, for calls that cannot say it.</summary>
public sealed class ClinicSettings(ClinicZone zone, FormSettings forms, PrefetchSettings prefetch)
{
    /// <summary>The settings.</summary>
    public HookSettings Settings { get; } = new() { Clinic = zone.Configured, Forms = forms.Names, Prefetch = prefetch.Keys };
}
