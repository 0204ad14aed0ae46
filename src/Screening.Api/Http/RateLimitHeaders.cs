using System.Globalization;
using static System.FormattableString;

namespace Screening.Api.Http;

/// <summary>
/// What a client has left, in every response to it (draft-ietf-httpapi-ratelimit-headers-11): <c>q</c> permits in <c>w</c> seconds are its
/// quota; <c>r</c> of them are there now, and no more within <c>t</c> seconds. A feature of each request of a client.
/// </summary>
/// <param name="policy">The value of <c>RateLimit-Policy</c>.</param>
internal abstract class RateLimitHeaders(string policy)
{
    /// <summary>The header of what is left.</summary>
    public const string StateName = "RateLimit";

    /// <summary>The header of the quota.</summary>
    public const string PolicyName = "RateLimit-Policy";

    private string state = string.Empty;

    /// <summary>The value of <c>RateLimit-Policy</c> for a quota of so many permits a minute.</summary>
    public static string PolicyOf(int perMinute) => Invariant($"\"client\";q={perMinute};w=60");

    /// <summary>Tells the client when to come again.</summary>
    public static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);

    /// <summary>Sets the headers again after a failure, which clears what was set.</summary>
    public void WriteTo(HttpResponse response) => (response.Headers[PolicyName], response.Headers[StateName]) = (policy, state);

    /// <summary>Sets the headers.</summary>
    /// <param name="response">The response.</param>
    /// <param name="left">How many permits are left.</param>
    /// <param name="untilNext">When there is one more.</param>
    protected void Set(HttpResponse response, int left, TimeSpan untilNext)
    {
        state = Invariant($"\"client\";r={left};t={Seconds(untilNext)}");
        WriteTo(response);
    }

    /// <summary>Whole seconds, by whose end the time has passed.</summary>
    private static long Seconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
}
