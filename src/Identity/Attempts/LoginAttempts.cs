using System.Net;
using System.Net.Sockets;

namespace Platform.Identity.Attempts;

/// <summary>
/// Which limits an attempt stands under. A browser that the holder has used has a limit of its own, and so has each network, so that whatever
/// strangers do elsewhere does not keep the holder out.
/// </summary>
sealed class LoginAttempts(AttemptStore store, KnownBrowsers browsers)
{
    /// <summary>Counts an attempt to prove a number's password.</summary>
    public Task<AttemptTurn> Take(HttpContext context, string number, CancellationToken ct) =>
        Take(
            browsers.Find(context, number) is { } browser
                ? [(AttemptLimit.KnownBrowser, $"{browser} {number}")]
                : [(AttemptLimit.Strangers, $"{Network(context)} {number}"), (AttemptLimit.AllStrangers, number), (AttemptLimit.Address, Network(context))],
            ct);

    /// <summary>Counts an attempt to activate a number's account.</summary>
    public Task<AttemptTurn> TakeActivation(HttpContext context, string number, CancellationToken ct) =>
        Take([(AttemptLimit.Activation, $"{Network(context)} {number}"), (AttemptLimit.Address, Network(context))], ct);

    /// <summary>Counts a guess at a code after the password was right.</summary>
    public Task<AttemptTurn> TakeCode(HttpContext context, string number, string kind, CancellationToken ct) =>
        Take([(AttemptLimit.Codes, $"{kind} {browsers.Find(context, number) ?? "stranger"} {number}")], ct);

    async Task<AttemptTurn> Take((AttemptLimit Limit, string Subject)[] limits, CancellationToken ct)
    {
        for (var taken = 0; taken < limits.Length; taken++)
        {
            if (await store.Take(limits[taken].Limit, limits[taken].Subject, ct) is { } next)
            {
                // Nothing was tried: who waits for others' guesses uses up nothing of their own.
                await new AttemptTurn(store, limits[..taken]).GiveBack(ct);
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
            if (limit == AttemptLimit.KnownBrowser || limit == AttemptLimit.Codes)
            {
                await store.Clear(limit, subject, ct);
            }
            else
            {
                await store.GiveBack(limit, subject, ct);
            }
        }
    }

    /// <summary>Makes the attempt. One that a fault ended told nobody anything and does not count; the caller's leaving is no fault, and the work was done.</summary>
    public async Task<T> Make<T>(Func<Task<T>> attempt, CancellationToken ct)
    {
        try
        {
            return await attempt();
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            await GiveBack(CancellationToken.None);
            throw;
        }
    }

    /// <summary>The attempt was not made after all.</summary>
    public async Task GiveBack(CancellationToken ct)
    {
        foreach (var (limit, subject) in taken)
        {
            await store.GiveBack(limit, subject, ct);
        }
    }
}
