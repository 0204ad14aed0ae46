using Screening.Api.Settings;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>The settings of the clinic and its record system that a call cannot carry.</summary>
public sealed class ClinicSettings(ClinicZone zone, FormSettings forms, PrefetchSettings prefetch)
{
    /// <summary>The combined settings.</summary>
    public HookSettings Settings { get; } = new() { Clinic = zone.Configured, Forms = forms.Names, Prefetch = prefetch.Keys };
}
