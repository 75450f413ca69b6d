using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using Platform.Domain.Ledger;
using Platform.Hosting;
using Platform.Silo.Ledger;
using Platform.Silo.Rules;
using Platform.Silo.Storage;

namespace Platform.Silo.Witness;

/// <summary>
/// Keeps the heads of the ledger's lanes outside the database and compares, so that a database that was set back is noticed: at the start, and
/// whenever a running silo begins a new lane, as it does after every loss of its connection.
/// </summary>
internal sealed class HeadWitness : IAsyncDisposable
{
    /// <summary>The setting of an operator who gives the witness up.</summary>
    public const string Nowhere = "none";

    private readonly PlatformDatabase _place;
    private readonly LedgerStore _ledgers;
    private readonly LedgerHeads _heads;
    private readonly OperationsLedger _operations;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<int, Written> _written = new();
    private Difference? _difference;

    private HeadWitness(PlatformDatabase place, PlatformDatabase database, TimeProvider clock)
    {
        (_place, _clock, Store) = (place, clock, new WitnessStore(place));
        (_ledgers, _heads) = (new LedgerStore(database), new LedgerHeads(database));
        _operations = new OperationsLedger(_ledgers, SiloHost.Appender(database, clock), clock);
        LastAnswer = clock.GetTimestamp();
    }

    public WitnessStore Store { get; }

    /// <summary>When the place of the witness answered last, as a timestamp of the clock.</summary>
    public long LastAnswer { get; private set; }

    /// <summary>Whether a comparison is due that could not be made because the place of the witness did not answer.</summary>
    public bool IsOwing { get; private set; }

    /// <summary>Whether the database was found to be set back or changed; nothing is written to it any more.</summary>
    public bool Contradicts => _difference is not null;

    /// <summary>Opens the place that a setting names; null if none is named. Nothing is compared yet.</summary>
    public static async Task<HeadWitness?> Open(string? text, PlatformDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        PlatformDatabase? place = null;
        try
        {
            place = PlatformDatabase.Open(text);
            var witness = new HeadWitness(place, database, clock);
            if (await witness.Store.HoldsLedgers(cancellation))
            {
                throw new CannotStartException("Set Ledger:Witness to a place of its own: a database that holds ledgers is restored together with them.");
            }

            await witness.Store.Prepare(cancellation);
            return witness;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or CannotStartException)
        {
            await (place?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw exception is DbException
                ? new CannotStartException($"The witness of the ledger's heads does not answer: {exception.Message} A silo starts only after comparing; check that Ledger:Witness is reachable.", exception)
                : exception as CannotStartException ?? new CannotStartException("Set Ledger:Witness to 'sqlite:PATH' or to a PostgreSQL connection string.", exception);
        }
    }

    /// <summary>A database that had a witness is not opened without one because a setting was lost.</summary>
    public static async Task RefuseToForget(PlatformDatabase database)
    {
        if ((await new LedgerStore(database).Read(OperationsLedger.Subject, 0, int.MaxValue)).Any(entry => entry.Kind == LedgerKinds.WitnessBegun))
        {
            throw new CannotStartException(
                $"The heads of this database's ledgers are kept by a witness, and Ledger:Witness names none. Set it to the place that was used before, or to '{Nowhere}' if a database "
                + "that was set back shall no longer be noticed.");
        }
    }

    /// <summary>Compares before the silo serves, and takes in what others wrote since; a difference ends the start.</summary>
    public async Task Begin(CancellationToken cancellation)
    {
        var province = await Identity();
        var begun = (await _operations.Read()).Any(entry => entry.Kind == LedgerKinds.WitnessBegun);
        switch (await Store.Province(cancellation))
        {
            case null when begun:
                throw new CannotStartException(
                    "The witness of the ledger's heads is empty, and this database had one. Set Ledger:Witness to the place that was used before, or, if that is lost, run accept-restore with the reason.");
            case null:
                await Store.Begin(province, _clock.GetUtcNow(), cancellation);
                break;
            case var other when other != province:
                throw new CannotStartException("The witness of the ledger's heads is that of another province's database. Set Ledger:Witness or Database to the right one.");
        }

        var seen = await Store.Heads(cancellation);
        if (await _heads.Compare(seen, cancellation) is { IsNone: false } difference)
        {
            throw new CannotStartException(difference.Sentence());
        }

        if (!begun)
        {
            await _operations.Append(LedgerKinds.WitnessBegun, new WitnessBegunBody(null, null), above: 0, cancellation);
        }

        var beyond = await _heads.Beyond(seen, _clock.GetUtcNow(), cancellation);
        await _ledgers.Settle();
        await Store.Keep(beyond, cancellation);
    }

    /// <summary>What the witness knows and the database does not say.</summary>
    public async Task<Difference> Compare(CancellationToken cancellation) => await _heads.Compare(await Store.Heads(cancellation), cancellation);

    /// <summary>Compares while the silo runs. A witness that does not answer stops nobody: the comparison is then due until it answers.</summary>
    public async Task Confirm(CancellationToken cancellation)
    {
        ImmutableArray<LaneHead> seen;
        try
        {
            seen = await Store.Heads(cancellation);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            IsOwing = true;
            return;
        }

        LastAnswer = _clock.GetTimestamp();
        var difference = await _heads.Compare(seen, cancellation);
        (IsOwing, _difference) = (false, difference.IsNone ? null : difference);
        Guard();
    }

    /// <summary>Throws if the database contradicts the witness.</summary>
    public void Guard()
    {
        if (_difference is { } difference)
        {
            throw new InvalidOperationException(difference.Sentence());
        }
    }

    /// <summary>Notes a batch that this silo has written; it is kept with the next <see cref="Flush"/>.</summary>
    public void Note(int lane, long batch, AppendedBatch appended) => _written[lane] = new Written(
        batch, appended.Digest, appended.Count + (_written.TryGetValue(lane, out var before) ? before.Entries : 0), Kept: false);

    /// <summary>Keeps what was noted since the last time, and makes up for a comparison that is due.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        var noted = _written.Where(lane => !lane.Value.Kept).ToArray();
        var now = _clock.GetUtcNow();
        await Store.Keep(noted.Select(lane => new LaneHead(lane.Key, lane.Value.Batch, Convert.ToHexStringLower(lane.Value.Digest), lane.Value.Entries, now)), cancellation);
        LastAnswer = _clock.GetTimestamp();
        foreach (var (lane, head) in noted)
        {
            _written.TryUpdate(lane, head with { Kept = true }, head);
        }

        if (IsOwing)
        {
            await Confirm(cancellation);
        }
    }

    /// <summary>Lets the province go on from what the database has now, for the reason and in the name given; null if there is nothing to accept.</summary>
    public async Task<LedgerEntry?> Accept(string person, string reason, CancellationToken cancellation)
    {
        var province = await Identity();
        if (await Store.Province(cancellation) is not { } kept)
        {
            var begun = await _operations.Append(LedgerKinds.WitnessBegun, new WitnessBegunBody(person, reason), above: 0, cancellation);
            await Store.Begin(province, _clock.GetUtcNow(), cancellation);
            return begun;
        }

        if (kept != province)
        {
            throw new CannotStartException("The witness of the ledger's heads is that of another province's database; its heads say nothing about this one.");
        }

        var difference = await Compare(cancellation);
        if (!difference.Forked.IsEmpty)
        {
            throw new CannotStartException(difference.Sentence());
        }

        if (difference.Lost.IsEmpty)
        {
            return null;
        }

        // Numbers of lost lanes are not given out again: what a witness or an anchor says of them stays true.
        var lanes = difference.Lost.Select(lost => lost.Lane).ToArray();
        var entry = await _operations.Append(LedgerKinds.RestoreAccepted, new RestoreAcceptedBody(person, reason, difference.Lost), lanes.Max(), cancellation);
        var left = (await Store.Heads(cancellation)).Where(head => !lanes.Contains(head.Lane)).ToArray();
        await Store.Accept(entry.Id, lanes, await _heads.Beyond(left, _clock.GetUtcNow(), cancellation), cancellation);
        return entry;
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    // The first entry of the governance ledger is written once, when a database is made, and is the same in every backup of it.
    private async Task<string> Identity() => Convert.ToHexStringLower((await _ledgers.Read(Governance.Subject, 0, 1))[0].Hash.Span);

    private sealed record Written(long Batch, byte[] Digest, long Entries, bool Kept);
}
