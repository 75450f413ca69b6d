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

            var vouched = entries.Select(entry => RecordDigests.Of(entry.Kind, entry.Body)).LastOrDefault(digest => digest is not null);
            if (payload is null)
            {
                return vouched is null ? null : "record.removed";
            }

            var state = RecordDigests.Read(payload);
            var digest = state?.Record?.Digest();
            var pending = state?.Pending
                .Where(draft => entries.All(entry => entry.Id != draft.Id))
                .Select(draft => RecordDigests.Of(draft.Kind, draft.Body));
            return digest is not null && (digest == vouched || pending!.Contains(digest)) ? null : "record.changed";
        }
    }

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
