using System.Net;
using System.Net.Sockets;

namespace Platform.Identity.Attempts;

/// <summary>
/// Which limits an attempt stands under. A browser that the holder has used has a limit of its own, so that whatever strangers do elsewhere never
/// keeps the holder out.
/// </summary>
sealed class LoginAttempts(AttemptStore store, KnownBrowsers browsers)
{
    /// <summary>Counts an attempt to prove a number's password or activation code.</summary>
    public Task<AttemptTurn> Take(HttpContext context, string number, CancellationToken ct) =>
        Take(
            browsers.Find(context, number) is { } browser
                ? [(AttemptLimit.KnownBrowser, $"{browser} {number}")]
                : [(AttemptLimit.Address, Network(context)), (AttemptLimit.Strangers, number)],
            ct);

    /// <summary>Counts a guess at a code after the password was right.</summary>
    public Task<AttemptTurn> TakeCode(HttpContext context, string number, string kind, CancellationToken ct) =>
        Take([(AttemptLimit.Codes, $"{kind} {browsers.Find(context, number) ?? "stranger"} {number}")], ct);

    async Task<AttemptTurn> Take((AttemptLimit Limit, string Subject)[] limits, CancellationToken ct)
    {
        for (var index = 0; index < limits.Length; index++)
        {
            if (await store.Take(limits[index].Limit, limits[index].Subject, ct) is { } next)
            {
                // What is not tried does not count anywhere: a blocked number must not use up its whole village's attempts.
                foreach (var (limit, subject) in limits.Take(index))
                {
                    await store.GiveBack(limit, subject, ct);
                }
                return new AttemptTurn(store, []) { BlockedUntil = next };
            }
        }
        return new AttemptTurn(store, limits);
    }

    // A household or a company has a whole IPv6 network; single addresses in it say nothing.
    static string Network(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}

/// <summary>A counted attempt.</summary>
sealed class AttemptTurn(AttemptStore store, (AttemptLimit Limit, string Subject)[] taken)
{
    /// <summary>When the next attempt may be made, if this one may not.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>The attempt succeeded and does not count; at a browser of the holder's the earlier ones are forgotten too.</summary>
    public async Task Succeeded(CancellationToken ct)
    {
        foreach (var (limit, subject) in taken)
        {
            if (limit == AttemptLimit.Address || limit == AttemptLimit.Strangers)
            {
                await store.GiveBack(limit, subject, ct);
            }
            else
            {
                await store.Clear(limit, subject, ct);
            }
        }
    }
}
