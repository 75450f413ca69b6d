using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Core;
using Orleans.Storage;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Silo.Rules;
using Platform.Silo.Storage;

namespace Platform.Silo.Accounts;

/// <summary>
/// One electronic identity. A change is written before it is acknowledged; what grants something is first compared with the stored version, so that a
/// second activation of the same number never grants on what another has already changed.
/// </summary>
[GrainType("eid-account")]
internal sealed partial class EidAccountGrain(
    [FromKeyedServices(AccountStore.Storage)] IGrainStorage storage,
    AccountStore store,
    RuleBookLease rules,
    ILogger<EidAccountGrain> log,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, IEidAccountGrain
{
    private const int MostHistory = 100;
    private const int MostRefusals = 30;
    private const int MostOwnActs = 100;
    private StateStorageBridge<AccountState> _stored = null!;
    private bool _abandoned;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Storage keeps keys as numbers: only twelve digits are one person's and nobody else's.
        _ = PersonalId.Parse(Number);

        // Read here and not by the runtime, whose fault would reach the caller with the key in its text.
        _stored = new StateStorageBridge<AccountState>(AccountStore.StateName, GrainContext, storage);
        try
        {
            await _stored.ReadStateAsync();

            // Many answers say that something is so already, and write nothing: what they rest on must not be lost.
            await store.Settle();
        }
        catch (Exception exception)
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The account could not be read ({exception.GetType().Name}).");
        }
    }

    private EidAccount? Account => _stored.State.Account;

    private string Number => this.GetPrimaryKeyString();

    private DateTimeOffset Now => CivilTime.Microseconds(clock.GetUtcNow());

    private void Guard()
    {
        if (_abandoned)
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, "This activation no longer speaks for the account.");
        }
    }

    /// <summary>Makes sure that what this activation holds is what is stored at this moment.</summary>
    private async Task ConfirmNewest()
    {
        Guard();
        string? version;
        try
        {
            version = await store.Version(Number);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The account's database does not answer ({exception.GetType().Name}).");
        }

        if (version != _stored.Etag)
        {
            Abandon();
            throw new TryAgainException(TryAgainException.RecordUnavailable, "The account was changed elsewhere.");
        }
    }

    /// <summary>Writes a changed account; if that fails nothing of it is visible, and another activation goes on.</summary>
    private async Task Write(EidAccount changed)
    {
        Guard();
        var before = _stored.State;
        _stored.State = new AccountState { Account = changed };
        try
        {
            await _stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            _stored.State = before;
            Abandon();
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The account could not be stored ({exception.GetType().Name}).");
        }
    }

    private void Abandon()
    {
        _abandoned = true;
        DeactivateOnIdle();
    }

    private Task<CitizenStanding> Standing() => GrainFactory.GetGrain<ICitizenIdentity>(Number).GetStanding();

    /// <summary>The account if it may be used; a number whose holder has died or whose number was cancelled locks it first.</summary>
    private async Task<EidAccount?> Usable()
    {
        await ConfirmNewest();
        if (Account is not { State: EidState.Active } account)
        {
            return null;
        }

        if (IsInUse(account.Holder, await Standing()))
        {
            return account is { Holder: EidHolder.Ward, Sessions.IsEmpty: false } ? await Represented(account) : account;
        }

        await LockByRecord(account);
        return null;
    }

    private async Task LockByRecord(EidAccount account)
    {
        await Close(account, EidState.Locked, EidLockedBy.Record, "account.locked", official: null, "record");
        LockedByRecord();
    }

    // Nothing here may name the person; the account's own history tells who and when.
    [LoggerMessage(1, LogLevel.Warning, "An account was locked: the record says that its number is no longer in use.", EventName = "account.locked-by-record")]
    private partial void LockedByRecord();

    /// <summary>A ward's account with its sessions, as long as the representative may represent; then without.</summary>
    private async Task<EidAccount> Represented(EidAccount account)
    {
        if (account.Representative is { } representative && await Represents(representative))
        {
            return account;
        }

        await Announce(account.Sessions);
        await Write(Noted(account with { Sessions = [] }, "sessions.ended", detail: "representative"));
        return Account!;
    }

    // A foreigner's number has no population record; if it gets one, that counts.
    private static bool IsInUse(EidHolder holder, CitizenStanding standing) => standing.Known ? standing.Active : holder == EidHolder.Foreigner;

    /// <summary>The account if its holder may show a factor: also while the holder's own lock stands, because lifting it takes two factors.</summary>
    private async Task<EidAccount?> Provable() =>
        await Usable() ?? (Account is { State: EidState.Locked, LockedBy: EidLockedBy.Holder } locked ? locked : null);

    private string? StateRefusal() => Account?.State switch
    {
        null => EidRefusals.AccountUnknown,
        EidState.Registered => EidRefusals.AccountNotActivated,
        EidState.Locked => EidRefusals.AccountLocked,
        EidState.Cancelled => EidRefusals.AccountCancelled,
        _ => null,
    };

    private EidAccount Noted(EidAccount account, string kind, string place = "", string? detail = null) => account with
    {
        History =
        [
            new EidEvent { At = Now, Kind = kind, Place = Cut(place, LongestPlace), Detail = detail },
            .. Newest(account.History, past => past.Kind == kind && IsRefusal(kind), MostRefusals - 1).Take(MostHistory - 1),
        ],
    };

    // Acts of the authority are evidence and never dropped; the holder may lock and unlock as often as they like.
    private EidAccount Acted(EidAccount account, string kind, string? official, string? detail, string place = "") => account with
    {
        LifeCycle =
        [
            new EidEvent { At = Now, Kind = kind, Official = official, Detail = detail, Place = place },
            .. Newest(account.LifeCycle, past => past.Official is null && official is null, MostOwnActs - 1),
        ],
    };

    /// <summary>All events but those of the one kind that are older than its newest few.</summary>
    private static IEnumerable<EidEvent> Newest(ImmutableArray<EidEvent> events, Func<EidEvent, bool> isCounted, int most)
    {
        var dropped = events.Where(isCounted).Skip(most).ToHashSet(ReferenceEqualityComparer.Instance);
        return events.Where(past => !dropped.Contains(past));
    }

    private static bool IsRefusal(string kind) => kind.EndsWith(".refused", StringComparison.Ordinal) || kind.EndsWith(".blocked", StringComparison.Ordinal);

    // Half a character cannot be stored.
    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    private static EidAnswer Done(string? secret = null) => new() { Secret = secret };

    private static EidAnswer Refused(string code) => new() { Refusal = code };

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    private static string NewId(int bytes) => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}

/// <summary>Storage's object; no account is null.</summary>
public sealed record AccountState
{
    public EidAccount? Account { get; init; }
}
