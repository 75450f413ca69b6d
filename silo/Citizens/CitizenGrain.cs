using System.Collections.Immutable;
using System.Data.Common;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Ledger;
using Platform.Silo.Rules;

namespace Platform.Silo.Citizens;

/// <summary>One citizen. Whatever leaves or changes here has won its place in the citizen's ledger first.</summary>
[GrainType("citizen")]
internal sealed partial class CitizenGrain(
    [PersistentState(CitizenGrain.RecordName, CitizenGrain.Storage)] IPersistentState<CitizenState> state,
    LedgerStore store,
    LedgerWriter writer,
    RuleBookLease rules,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, ICitizenDisclosures, ICitizenSelf, ICitizenSources
{
    public const string Storage = "citizens";
    public const string RecordName = "record";

    private PersonalId _citizen;
    private LedgerHead _head;
    private UsageCounts _usage = UsageCounts.None;
    private bool _abandoned;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _citizen = PersonalId.Parse(this.GetPrimaryKeyString());
        OpenedLedger opened;
        try
        {
            opened = await store.Open(_citizen.Reveal(), state.State.Pending);

            // A change that came between reading the record and reading the head would otherwise hide behind a head that looks newest.
            while (opened.RecordVersion != state.Etag)
            {
                await state.ReadStateAsync(cancellationToken);
                opened = await store.Open(_citizen.Reveal(), state.State.Pending);
            }
        }
        catch (Exception exception) when (exception is not TryAgainException)
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The ledger could not be opened ({exception.GetType().Name}).");
        }

        (_head, _usage) = (opened.Head, opened.Usage);

        // A crash between the state write and the append is repaired here, before anything is served.
        foreach (var draft in opened.Missing)
        {
            await Append(draft);
        }
    }

    private CitizenRecord? Record => state.State.Record;

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
        long newest;
        try
        {
            newest = await store.Newest(_citizen.Reveal());
        }
        catch (DbException exception)
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The ledger does not answer ({exception.GetType().Name}).");
        }

        if (newest != _head.Seq)
        {
            Abandon();
            throw Moved();
        }
    }

    private static TryAgainException Moved() => new(TryAgainException.LedgerMoved, "The citizen's ledger was extended elsewhere.");

    /// <summary>Appends an entry or leaves this activation unable to serve: its view of the ledger is then no longer known to be the newest.</summary>
    private async Task<LedgerEntry> Append(EntryDraft draft)
    {
        var entry = LedgerEntry.Extend(_head, _citizen.Reveal(), draft);
        bool taken;
        try
        {
            taken = await writer.Append(entry);
        }
        catch
        {
            Abandon();
            throw;
        }

        if (!taken)
        {
            Abandon();
            throw Moved();
        }

        _head = entry.Head;
        return entry;
    }

    /// <summary>Decide on a copy, write the state with the entry, append, and only then return. Nothing unsaved is ever visible.</summary>
    private async Task Commit(CitizenRecord record, EntryDraft draft, ImmutableArray<Operation> operations)
    {
        var before = state.State;
        state.State = new CitizenState { Record = record, Pending = [draft], Operations = operations };
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception exception)
        {
            state.State = before;
            Abandon();
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The record could not be stored ({exception.GetType().Name}).");
        }

        await Append(draft);
    }
}
