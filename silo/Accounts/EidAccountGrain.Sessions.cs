using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Consents;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int MostSessions = 20;
    private const int MostClients = 50;
    private const int LongestPlace = 120;
    private static readonly TimeSpan SessionTime = TimeSpan.FromHours(12);
    private static readonly TimeSpan SameRefusal = TimeSpan.FromMinutes(1);

    public async Task<EidAnswer> OpenSession(OpenSessionCall call)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (Registered(account, call.Factors) is not { IsEmpty: false } factors)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        if (account.Holder == EidHolder.Ward && !await RepresentativeConfirmed(account, call.RepresentativeApproval, consent: null))
        {
            return Refused(EidRefusals.RepresentativeNotConfirmed);
        }

        var now = Now;
        var opened = new EidSession
        {
            Id = NewId(16),
            Factors = factors,
            AuthenticatedAt = now,
            OpenedAt = now,
            Until = now + SessionTime,
            Place = Cut(call.Place, LongestPlace),
        };
        var alive = account.Sessions.RemoveAll(session => !IsAlive(session));
        await Announce(alive.Take(alive.Length - MostSessions + 1));
        var changed = account with { Sessions = [.. alive.TakeLast(MostSessions - 1), opened] };
        await Write(Noted(changed, "login.ok", opened.Place, string.Join(' ', SessionStrength.Amr(opened.Factors))));
        return new EidAnswer { Session = View(changed, opened) };
    }

    public async Task<EidAnswer> StepUp(string sessionId, ImmutableArray<CheckedFactor> checkedFactors)
    {
        if (await Usable() is not { } account || Find(account, sessionId) is not { } session)
        {
            return Refused(EidRefusals.SessionEnded);
        }

        if (Registered(account, checkedFactors) is not { IsEmpty: false } factors)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        var stepped = session with
        {
            Factors = [.. session.Factors.Where(held => factors.All(factor => factor.Kind != held.Kind)), .. factors],
            AuthenticatedAt = Now,
        };
        var changed = account with { Sessions = account.Sessions.Replace(session, stepped) };
        await Write(Noted(changed, "login.stepped-up", session.Place, string.Join(' ', SessionStrength.Amr(stepped.Factors))));
        return new EidAnswer { Session = View(changed, stepped) };
    }

    public async Task<EidSessionView?> CheckSession(string sessionId) =>
        await Usable() is { } account && Find(account, sessionId) is { } session ? View(account, session) : null;

    public async Task<bool> JoinSession(string sessionId, SessionClient client)
    {
        if (await Usable() is not { } account || Find(account, sessionId) is not { } session)
        {
            return false;
        }

        var known = session.Clients.FirstOrDefault(joined => joined.ClientId == client.ClientId);
        var entered = client with { Stay = known is null ? NewId(12) : known.Stay };
        if (entered == known)
        {
            return true;
        }

        // Who no longer fits in could not be told of the end later, so for that one it is now.
        var others = session.Clients.RemoveAll(joined => joined.ClientId == client.ClientId);
        var clients = others.TakeLast(MostClients - 1);
        await Announce([session with { Clients = [.. others.Take(others.Length - MostClients + 1)] }]);
        await Write(account with { Sessions = account.Sessions.Replace(session, session with { Clients = [.. clients, entered] }) });
        return true;
    }

    public async Task LeaveSession(string sessionId, string clientId)
    {
        await ConfirmNewest();
        if (Account is { } account && Find(account, sessionId) is { } session && session.Clients.Any(client => client.ClientId == clientId))
        {
            var left = session with { Clients = session.Clients.RemoveAll(client => client.ClientId == clientId) };
            await Write(account with { Sessions = account.Sessions.Replace(session, left) });
        }
    }

    public async Task EndSession(string sessionId, string reason)
    {
        await ConfirmNewest();
        if (Account is { } account && Find(account, sessionId) is { } session)
        {
            await Announce([session]);
            await Write(Noted(account with { Sessions = account.Sessions.Remove(session) }, "session.ended", session.Place, reason));
        }
    }

    public async Task EndSessions(string reason, string? keepSession)
    {
        await ConfirmNewest();
        if (Account is { } account)
        {
            var (kept, ended) = Split(account.Sessions, session => session.Id == keepSession);
            if (!ended.IsEmpty)
            {
                await Announce(ended);
                await Write(Noted(account with { Sessions = kept }, "sessions.ended", detail: reason));
            }
        }
    }

    public async Task NoteRefusal(string kind, string place)
    {
        if (Account is not { } account)
        {
            return;
        }

        // One line a minute is enough for the holder, and no stranger can make this account write more.
        var isRepeated = account.History.FirstOrDefault(past => past.Kind == kind) is { } last && last.At + SameRefusal > Now;
        if (!isRepeated)
        {
            await Write(Noted(account, kind, place));
        }
    }

    /// <summary>Leaves word for the relying parties; before the end is written, so that none is forgotten.</summary>
    private async Task Announce(IEnumerable<EidSession> sessions)
    {
        ImmutableArray<LogoutNotice> notices =
        [
            .. sessions.Where(IsAlive).SelectMany(session => session.Clients)
                .Select(client => new LogoutNotice { Id = Guid.CreateVersion7(Now), Client = client, EndedAt = Now }),
        ];
        if (!notices.IsEmpty)
        {
            await GrainFactory.GetGrain<IEidLogouts>(IEidLogouts.Key).Add(notices);
        }
    }

    private async Task<bool> RepresentativeConfirmed(EidAccount account, string? approvalId, string? consent)
    {
        if (approvalId is null || account.Representative is not { } representative)
        {
            return false;
        }

        var approval = await GrainFactory.GetGrain<IEidAccountGrain>(representative).TakeApproval(approvalId);
        return approval.State == "approved" && approval.Ward == Number && approval.ConsentHash == (consent is null ? null : ConsentStatement.Hash(consent));
    }

    /// <summary>The factors as the account knows them, one of a kind; empty if one is not registered here.</summary>
    private static ImmutableArray<CheckedFactor> Registered(EidAccount account, ImmutableArray<CheckedFactor> factors)
    {
        var known = DevicesOf(account).ToDictionary(device => (device.Kind, device.Id));
        var named = factors.DistinctBy(factor => factor.Kind).Select(factor => factor.Kind is FactorKind.Totp or FactorKind.Passkey or FactorKind.Approval
            ? known.GetValueOrDefault((factor.Kind, factor.DeviceId ?? "")) is { } device ? factor with { DeviceBound = device.DeviceBound } : null
            : factor.Kind == FactorKind.Upstream && account.Upstream is null ? null
            : factor with { DeviceId = null, DeviceBound = false }).ToArray();
        return named.Contains(null) ? [] : [.. named.OfType<CheckedFactor>()];
    }

    private EidSession? Find(EidAccount account, string sessionId) =>
        account.Sessions.FirstOrDefault(session => Same(session.Id, sessionId) && IsAlive(session));

    private bool IsAlive(EidSession session) => session.Until > Now;

    private static bool UsesDevice(EidSession session, string deviceId) => session.Factors.Any(factor => factor.DeviceId == deviceId);

    private static (ImmutableArray<EidSession> Kept, ImmutableArray<EidSession> Ended) Split(ImmutableArray<EidSession> sessions, Func<EidSession, bool> keep) =>
        ([.. sessions.Where(keep)], [.. sessions.Where(session => !keep(session))]);
}
