using Orleans.Core;
using Orleans.Storage;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Accounts;
using Platform.Silo.Ledger;
using Platform.Silo.Reports;
using Platform.Silo.Rules;

namespace Platform.Silo.Citizens;

/// <summary>One citizen. Whatever leaves or changes here has won its place in the citizen's ledger first.</summary>
[GrainType("citizen")]
internal sealed partial class CitizenGrain(
    [FromKeyedServices(CitizenGrain.Storage)] IGrainStorage storage,
    LedgerStore store,
    LedgerWriter writer,
    AccessLedger accesses,
    ReportLedger reports,
    RuleBookLease rules,
    SystemQuotas quotas,
    AccountStore accounts,
    DisclosureMetrics metrics,
    SiloTraces traces,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock)
    : Grain, ICitizenDisclosures, ICitizenSelf, ICitizenSources, ICitizenIdentity, ICitizenPresentations, ICitizenReports
{
    public const string Storage = "citizens";
    public const string RecordName = "record";

    private StateStorageBridge<CitizenState> _stored = null!;
    private PersonalId _citizen;
    private LedgerHead _head;
    private UsageCounts _usage = UsageCounts.None;
    private bool _abandoned;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _citizen = PersonalId.Parse(this.GetPrimaryKeyString());

        // Read here and not by the runtime, whose fault would reach the caller with the citizen's key in its text.
        _stored = new StateStorageBridge<CitizenState>(RecordName, GrainContext, storage);
        OpenedLedger opened;
        try
        {
            do
            {
                // A change that came between reading the record and the head would hide behind a head that looks newest.
                await _stored.ReadStateAsync();
                opened = await store.Open(_citizen.Reveal(), _stored.State.Pending);
            }
            while (opened.RecordVersion != _stored.Etag);
        }
        catch (Exception exception)
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The ledger could not be opened ({exception.GetType().Name}).");
        }

        (_head, _usage) = (opened.Head, opened.Usage);

        // A crash between the state write and the append is repaired here, before anything is served.
        foreach (var draft in opened.Missing)
        {
            await Append(draft);
        }

        // Records change outside the cluster: whatever brings this activation about, sessions of the dead end with it, and their relying parties are told.
        if (Record is { Status: not CitizenStatus.Active })
        {
            await GrainFactory.GetGrain<IEidAccountGrain>(_citizen.Reveal()).CheckRecord();
        }
    }

    private CitizenRecord? Record => _stored.State.Record;

    private DateTimeOffset Now => CivilTime.Microseconds(clock.GetUtcNow());

    private void Guard()
    {
        if (_abandoned)
        {
            throw new TryAgainException(TryAgainException.LedgerMoved, "This activation no longer speaks for the citizen.");
        }
    }

    private void Abandon()
    {
        _abandoned = true;
        DeactivateOnIdle();
    }

    /// <summary>What rests on not having something is answered only by an activation that has seen the whole ledger.</summary>
    private async Task ConfirmNewest()
    {
        var newest = await LedgerReading.OrTryAgain(() => store.Newest(_citizen.Reveal()));
        if (newest != _head.Seq)
        {
            Abandon();
            throw Moved();
        }
    }

    private static TryAgainException Moved() => new(TryAgainException.LedgerMoved, "The citizen's ledger was extended elsewhere.");

    /// <summary>Appends an entry, or throws: then this activation's view of the ledger may no longer be the newest, unless the ledger was only busy.</summary>
    private async Task<LedgerEntry> Append(EntryDraft draft)
    {
        var entry = LedgerEntry.Extend(_head, _citizen.Reveal(), draft);
        if (!await writer.Append(entry))
        {
            throw Moved();
        }

        _head = entry.Head;
        return entry;
    }

    /// <summary>Decide on a copy, write the state with the entry, append, and only then return. Nothing unsaved is ever visible.</summary>
    private async Task Commit(CitizenState changed, EntryDraft draft)
    {
        var before = _stored.State;
        _stored.State = changed with { Pending = [draft] };
        try
        {
            await _stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            _stored.State = before;
            Abandon();
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The record could not be stored ({exception.GetType().Name}).");
        }

        try
        {
            await Append(draft);
        }
        catch
        {
            // The record says it already and the ledger does not: only a new activation can make that good.
            Abandon();
            throw;
        }
    }
}
