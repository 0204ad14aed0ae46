using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Screening.Api.Http;
using Screening.Api.Settings;

namespace Screening.Api.Access;

/// <summary>
/// How much clients may ask for, and how often an address may be refused. All of it is of this process: with several, a client has the sum.
/// </summary>
/// <param name="clientLimit">The limit of a client that has none of its own.</param>
/// <param name="refusalLimit">The limit of an address.</param>
/// <param name="timers">Tells how much time has passed.</param>
internal sealed class CallerLimits(RateLimit clientLimit, RateLimit refusalLimit, TimeProvider timers)
{
    private const int MostClients = 100_000;
    private const int MostAddresses = 10_000;

    private readonly string clientPolicy = RateLimitHeaders.PolicyOf(clientLimit.PerMinute);
    private readonly Buckets<string> clients = new(MostClients, timers);
    private readonly Buckets<UInt128> addresses = new(MostAddresses, timers);

    /// <summary>Adds the limits of the settings.</summary>
    /// <exception cref="SettingException">One is not a number in its range.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var client = new RateLimit(ServiceSettings.LimitsPerMinute.Of(configuration), ServiceSettings.LimitsBurst.Of(configuration));
        var refusals = ServiceSettings.LimitsRefusalsPerMinute.Of(configuration);
        services.AddSingleton(provider =>
            new CallerLimits(client, new RateLimit(refusals, refusals), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>How many addresses were refused of late.</summary>
    public int Addresses => addresses.Count;

    /// <summary>The permits of a client; null for the service's own calls.</summary>
    public ClientPermits? Of(Client client)
    {
        if (client.Kind == CredentialKind.Own)
        {
            return null;
        }

        var perMinute = client.PermitsPerMinute ?? clientLimit.PerMinute;
        return new ClientPermits(
            clients,
            // An id of the issuers file may be one of the clients file too, with another limit; none begins with a slash.
            client.Kind == CredentialKind.CdsClient ? "/" + client.Id : client.Id,
            new RateLimit(perMinute, Math.Min(perMinute, clientLimit.Burst)),
            client.PermitsPerMinute is null ? clientPolicy : RateLimitHeaders.PolicyOf(perMinute));
    }

    /// <summary>Counts a request that is refused for its credentials.</summary>
    /// <returns>How long its address must wait for an answer that says so; null when it need not.</returns>
    public TimeSpan? WaitOf(IPAddress? address) =>
        addresses.Take(Place(address), 1, refusalLimit) is { IsGranted: false, UntilGranted: var wait } ? wait : null;

    /// <summary>
    /// What stands for an address: all of IPv4, also written as IPv6, and of IPv6 the network, in which whoever has one address has all.
    /// </summary>
    internal static UInt128 Place(IPAddress? address)
    {
        if (address is null)
        {
            // A socket of the file system.
            return UInt128.Zero;
        }

        Span<byte> bytes = stackalloc byte[16];
        (address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address).TryWriteBytes(bytes, out _);
        var whole = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6 ? whole : whole >> 64 << 64;
    }
}

/// <summary>
/// The permits of the client that calls: a feature of every request of a client. Where whoever reaches the service may call, there are
/// none, and no limit.
/// </summary>
internal sealed class ClientPermits(Buckets<string> buckets, string client, RateLimit limit, string policy) : RateLimitHeaders(policy)
{
    /// <summary>The permits of whoever sent a request; null when nothing limits it.</summary>
    public static ClientPermits? Of(HttpContext context) => context.Features.Get<RateLimitHeaders>() as ClientPermits;

    /// <summary>
    /// Takes further permits once it is known what the request asks for; false when there are not so many, and the answer says so.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="permits">How many besides those that it took before.</param>
    public static ValueTask<bool> TakeFurtherAsync(HttpContext context, int permits) =>
        permits > 0 && Of(context) is { } own ? own.TakeAsync(context, permits, before: 1) : ValueTask.FromResult(true);

    /// <summary>Takes permits: all of them, or none.</summary>
    public Taken Take(int permits) => buckets.Take(client, permits, limit);

    /// <summary>Takes permits and tells the client what it has left; false when there are not so many, and the answer says so.</summary>
    /// <param name="context">The request.</param>
    /// <param name="permits">How many.</param>
    /// <param name="before">How many the request took before, which it takes again when it is repeated.</param>
    public async ValueTask<bool> TakeAsync(HttpContext context, int permits, int before = 0)
    {
        var taken = Take(permits);
        Set(context.Response, taken.Left, taken.UntilNext);
        if (!taken.IsGranted)
        {
            await AccessGate.RefuseAsync(
                context, Refusal.LimitReached, taken.UntilGranted + (TimeSpan.FromMinutes(before) / limit.PerMinute));
        }

        return taken.IsGranted;
    }
}
