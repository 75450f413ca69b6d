using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Core;
using Orleans.Storage;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;

namespace Platform.Silo.Notifications;

/// <summary>Keeps what a citizen chose and saw, apart from the record: nothing here is evidence, and a choice never waits for a disclosure.</summary>
[GrainType("notifications")]
internal sealed class NotificationsGrain(
    [FromKeyedServices(CitizenGrain.Storage)] IGrainStorage storage,
    NotificationLedger ledger,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, INotifications
{
    private const string StateName = "notifications";
    private const int MostItems = 100;
    private const int DaysAround = 30;

    private static readonly FrozenSet<string> Security = FrozenSet.Create(
        StringComparer.Ordinal,
        "device.added", "device.removed", "password.changed", "recovery-codes.issued", "recovery-code.used", "account.locked", "account.locked-by-record",
        "account.unlocked", "level.raised", "level.lowered", "factors.reset", "upstream.linked", "roles.set");

    private StateStorageBridge<NotificationsState> _stored = null!;

    private string Number => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ = PersonalId.Parse(Number);

        // Read here and not by the runtime, whose fault would reach the caller with the citizen's key in its text.
        _stored = new StateStorageBridge<NotificationsState>(StateName, GrainContext, storage);
        try
        {
            await _stored.ReadStateAsync();
        }
        catch (Exception exception)
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The choices could not be read ({exception.GetType().Name}).");
        }
    }

    public async Task<NotificationsView> GetNotifications()
    {
        var state = _stored.State;
        var entries = await LedgerReading.OrTryAgain(() => ledger.Newest(Number, MostItems, state.Silenced));
        var expiring = state.Silenced.Contains(NotificationKind.DocumentExpiring) ? [] : await Expiring();
        return new NotificationsView
        {
            Items = [.. entries.Concat(expiring).Concat(await OfAccount()).OrderByDescending(item => item.At).ThenByDescending(item => item.Id).Take(MostItems)],
            Silenced = state.Silenced,
            SeenUpTo = state.SeenUpTo,
        };
    }

    public async Task SetSilenced(ImmutableArray<NotificationKind> kinds)
    {
        ImmutableArray<NotificationKind> chosen = [.. kinds.Where(kind => !NotificationKinds.IsMandatory(kind)).Distinct().Order()];
        if (!chosen.SequenceEqual(_stored.State.Silenced))
        {
            await Write(_stored.State with { Silenced = chosen });
        }
    }

    public async Task<DateTimeOffset> MarkSeen(DateTimeOffset upTo)
    {
        var now = CivilTime.Microseconds(clock.GetUtcNow());
        var seen = upTo < now ? CivilTime.Microseconds(upTo) : now;
        if (_stored.State.SeenUpTo is { } before && before >= seen)
        {
            return before;
        }

        await Write(_stored.State with { SeenUpTo = seen });
        return seen;
    }

    private async Task<IEnumerable<NotificationView>> Expiring()
    {
        if (await GrainFactory.GetGrain<ICitizenSelf>(Number).GetRecord() is not { } json)
        {
            return [];
        }

        var today = CivilTime.Day(clock.GetUtcNow());
        return
            from document in DomainJson.Read<CitizenRecord>(json).Documents
            where document.IssuerState == DocumentState.Valid
            let last = document.ValidTo
            where last is not null && last <= today.AddDays(DaysAround) && last >= today.AddDays(-DaysAround)
            select new NotificationView
            {
                Id = Derived($"{document.Kind} {document.Number} {last:yyyy-MM-dd}"),
                At = CivilTime.StartOf(last.Value.AddDays(-DaysAround)),
                Kind = NotificationKind.DocumentExpiring,
                Event = "document.expiring",
                Document = document.Kind,
                Until = CivilTime.StartOf(last.Value.AddDays(1)),
            };
    }

    private async Task<IEnumerable<NotificationView>> OfAccount()
    {
        if (await GrainFactory.GetGrain<IEidAccountGrain>(Number).GetAccount() is not { } account)
        {
            return [];
        }

        return account.History.Concat(account.LifeCycle)
            .Where(line => Security.Contains(line.Kind))
            .DistinctBy(line => (line.At, line.Kind))
            .Select(line => new NotificationView
            {
                Id = Derived($"{line.At:O} {line.Kind}"),
                At = line.At,
                Kind = NotificationKind.AccountSecurity,
                Event = line.Kind,
            });
    }

    // The same thing has the same identity each time it is told; it need only differ among those of one citizen.
    private static Guid Derived(string what) => new(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16), bigEndian: true);

    private async Task Write(NotificationsState state)
    {
        var before = _stored.State;
        _stored.State = state;
        try
        {
            await _stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            _stored.State = before;
            DeactivateOnIdle();
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The choices could not be stored ({exception.GetType().Name}).");
        }
    }
}
