using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Verify;

/// <summary>A second look at a record that did not fit its ledger: on a working system it may only have changed between the two first looks.</summary>
internal sealed class RecordRecheck(PlatformDatabase database)
{
    private readonly LedgerStore _store = new(database);

    /// <summary>A finding's code, or null if record and ledger fit.</summary>
    public async Task<string?> Run(string subject, CancellationToken cancellation)
    {
        while (true)
        {
            var entries = await _store.Read(subject, 0, int.MaxValue);
            var payload = await Payload(subject, cancellation);
            if (await _store.Newest(subject) != (entries.IsEmpty ? 0 : entries[^1].Seq))
            {
                continue;
            }

            var vouched = Fold(entries.Select(entry => (entry.Kind, entry.Body)));
            if (payload is null)
            {
                return vouched.IsNothing ? null : "record.removed";
            }

            // What waits to be appended speaks for the change that it was stored with.
            var state = Vouched.Read(payload);
            var pending = state?.Pending.Where(draft => entries.All(entry => entry.Id != draft.Id)).Select(draft => (draft.Kind, draft.Body));
            return vouched.Then(Fold(pending ?? [])).Finding(state);
        }
    }

    private static Vouched Fold(IEnumerable<(string Kind, string Body)> entries) =>
        entries.Select(entry => Vouched.By(entry.Kind, entry.Body)).OfType<Vouched>().Aggregate(Vouched.Nothing, (before, next) => before.Then(next));

    private async Task<byte[]?> Payload(string subject, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection
            .Command("SELECT payload FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key = @key")
            .With("service", SiloHost.ServiceId)
            .With("type", CitizenGrain.RecordName)
            .With("key", subject);
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }
}
