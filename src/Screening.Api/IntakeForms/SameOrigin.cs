using Screening.Api.Http;

namespace Screening.Api.IntakeForms;

/// <summary>
/// Whether a form was sent from a page of this service. A browser says so, and no other page can make it say so; whoever says nothing is
/// refused, since a person's certificate would let in what they never sent.
/// </summary>
internal static class SameOrigin
{
    private const string Site = "Sec-Fetch-Site";

    /// <summary>
    /// True when the browser says that the request comes from the same origin or, where it does not say, names the origin of this service:
    /// that of the setting, without it that of a client on the same machine.
    /// </summary>
    public static bool IsOf(HttpRequest request, PublicAddress address)
    {
        if (request.Headers.TryGetValue(Site, out var site))
        {
            return site is ["same-origin"];
        }

        return request.Headers.Origin is [{ } origin]
            && address.Of(request, "/") is { } own
            && origin == new Uri(own).GetLeftPart(UriPartial.Authority);
    }
}
