using System.Security.Cryptography;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Verify;

/// <summary>
/// Walks every ledger and finds any entry that was changed, removed, reordered or forked: by the chain of each subject, by the digests of the
/// batches (a removed last entry), by the stored records (a changed record) and by an anchor kept elsewhere (a removed last batch).
/// </summary>
public sealed class LedgerVerification(PlatformDatabase database)
{
    private readonly List<VerificationFinding> _findings = [];
    private readonly Dictionary<string, Vouched> _vouched = new(StringComparer.Ordinal);

    /// <summary>Verifies everything; progress tells how many entries of how many were walked.</summary>
    public async Task<VerificationReport> Run(Action<long, long> progress, IReadOnlyDictionary<int, LaneAnchor>? anchors, CancellationToken cancellation)
    {
        var total = await Count("SELECT count(*) FROM ledger", cancellation);
        var (entries, subjects) = await WalkChains(total, progress, cancellation);
        var lanes = await WalkBatches(cancellation);
        foreach (var (lane, anchor) in anchors ?? new Dictionary<int, LaneAnchor>())
        {
            if (!lanes.TryGetValue(lane, out var seen) || !seen.Contains(anchor))
            {
                _findings.Add(new VerificationFinding("anchor.missing", $"lane {lane}", anchor.Batch, "The batch that the anchor names is gone or was changed."));
            }
        }

        var records = await WalkRecords(cancellation);
        return new VerificationReport(
            entries, subjects, records, _findings, lanes.Where(lane => lane.Value.Count > 0).ToDictionary(lane => lane.Key, lane => lane.Value[^1]));
    }

    private async Task<(long Entries, long Subjects)> WalkChains(long total, Action<long, long> progress, CancellationToken cancellation)
    {
        long walked = 0, subjects = 0;
        var (subject, head) = ("", LedgerHead.Empty);
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT {LedgerColumns.Select} FROM ledger ORDER BY subject, seq");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var entry = LedgerColumns.Read(reader);
            if (entry.Subject != subject)
            {
                (subject, head) = (entry.Subject, LedgerHead.Empty);
                subjects++;
            }

            Check(entry, head);
            head = entry.Head;
            if (++walked % 1000 == 0)
            {
                progress(walked, total);
            }
        }

        progress(walked, total);
        return (walked, subjects);
    }

    private void Check(LedgerEntry entry, LedgerHead head)
    {
        if (entry.Seq != head.Seq + 1)
        {
            Find("entry.removed", entry, $"Entry {head.Seq + 1} is missing before this one.");
        }
        else if (!entry.PrevHash.Span.SequenceEqual(head.Hash.Span))
        {
            Find("entry.forked", entry, "The entry does not follow the one before it.");
        }

        var hash = LedgerEntry.ComputeHash(
            entry.Subject, entry.Seq, entry.Id, entry.Kind, entry.At, entry.Tag, entry.Body, entry.PrevHash.Span);
        if (!entry.Hash.Span.SequenceEqual(hash))
        {
            Find("entry.changed", entry, "The entry's hash is not that of its content.");
        }

        if (Vouched.By(entry.Kind, entry.Body) is { } vouched)
        {
            _vouched[entry.Subject] = _vouched.TryGetValue(entry.Subject, out var before) ? before.Then(vouched) : vouched;
        }
    }

    private async Task<Dictionary<int, List<LaneAnchor>>> WalkBatches(CancellationToken cancellation)
    {
        var lanes = new Dictionary<int, List<LaneAnchor>>();

        // Entries are read before their batches, so that on a working system every entry's batch is seen; what was sealed after this mark may lack its entries.
        var mark = await Sealed(cancellation);
        await using var sealedConnection = await database.Source.OpenConnectionAsync(cancellation);
        await using var entriesConnection = await database.Source.OpenConnectionAsync(cancellation);
        await using var batches = sealedConnection.Command("SELECT lane, batch, entries, digest FROM ledger_batch ORDER BY lane, batch");
        await using var hashes = entriesConnection.Command("SELECT lane, batch, hash FROM ledger ORDER BY lane, batch, hash");
        batches.CommandTimeout = hashes.CommandTimeout = 0;
        await using var entry = await hashes.ExecuteReaderAsync(cancellation);
        await using var batch = await batches.ExecuteReaderAsync(cancellation);
        var more = await entry.ReadAsync(cancellation);
        var (lane, expected, digest) = (0, 1L, BatchDigest.Start);
        while (await batch.ReadAsync(cancellation))
        {
            var (number, position, count) = (batch.GetInt32(0), batch.GetInt64(1), batch.GetInt32(2));
            if (number != lane)
            {
                (lane, expected, digest) = (number, 1, BatchDigest.Start);
                lanes[lane] = [];
            }

            if (position != expected)
            {
                _findings.Add(new VerificationFinding("batch.removed", $"lane {lane}", expected, "A batch is missing."));
            }

            var members = new List<byte[]>();
            while (more && (entry.GetInt32(0), entry.GetInt64(1)).CompareTo((number, position)) <= 0)
            {
                if ((entry.GetInt32(0), entry.GetInt64(1)) == (number, position))
                {
                    members.Add((byte[])entry[2]);
                }
                else
                {
                    _findings.Add(new VerificationFinding("batch.unsealed", $"lane {entry.GetInt32(0)}", entry.GetInt64(1), "Entries belong to a batch that was never sealed."));
                }

                more = await entry.ReadAsync(cancellation);
            }

            if (members.Count == 0 && position > mark.GetValueOrDefault(number))
            {
                expected = position + 1;
                continue;
            }

            var stored = (byte[])batch[3];
            if (members.Count != count || !CryptographicOperations.FixedTimeEquals(BatchDigest.Next(digest, members), stored))
            {
                _findings.Add(new VerificationFinding(
                    "batch.changed", $"lane {lane}", position, $"The batch was sealed with {count} entries; {members.Count} are there, or one is another."));
            }

            (expected, digest) = (position + 1, stored);
            lanes[lane].Add(new LaneAnchor(position, Convert.ToHexStringLower(stored)));
        }

        if (more)
        {
            _findings.Add(new VerificationFinding("batch.unsealed", $"lane {entry.GetInt32(0)}", entry.GetInt64(1), "Entries belong to a batch that was never sealed."));
        }

        return lanes;
    }

    private async Task<Dictionary<int, long>> Sealed(CancellationToken cancellation)
    {
        var newest = new Dictionary<int, long>();
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT lane, max(batch) FROM ledger_batch GROUP BY lane");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            newest[reader.GetInt32(0)] = reader.GetInt64(1);
        }

        return newest;
    }

    // A record that says other than its last change in the ledger was changed behind the ledger's back, unless that change is still pending.
    private async Task<long> WalkRecords(CancellationToken cancellation)
    {
        long records = 0;
        var doubtful = new HashSet<string>(_vouched.Keys, StringComparer.Ordinal);
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
        {
            await using var command = connection
                .Command("SELECT grain_key, payload FROM grain_state WHERE service_id = @service AND grain_type = @type")
                .With("service", SiloHost.ServiceId)
                .With("type", CitizenGrain.RecordName);
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                records++;
                var subject = reader.GetString(0);
                if (_vouched.TryGetValue(subject, out var vouched) && vouched.Finding(Vouched.Read((byte[])reader[1])) is null)
                {
                    doubtful.Remove(subject);
                }
                else
                {
                    doubtful.Add(subject);
                }
            }
        }

        var recheck = new RecordRecheck(database);
        foreach (var subject in doubtful.Order(StringComparer.Ordinal))
        {
            if (await recheck.Run(subject, cancellation) is { } code)
            {
                _findings.Add(new VerificationFinding(code, Mask(subject), 0, "What is stored of the citizen is not what the ledger vouches for."));
            }
        }

        return records;
    }

    private async Task<long> Count(string text, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command(text);
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Find(string code, LedgerEntry entry, string what) => _findings.Add(new VerificationFinding(code, Mask(entry.Subject), entry.Seq, what));

    private static string Mask(string subject) => Domain.Citizens.PersonalId.TryParse(subject, out var id) ? id.ToString() : subject;
}

/// <summary>Something that is not as it was written: a stable code, whose ledger (masked) or which lane, the position, and what is wrong.</summary>
public sealed record VerificationFinding(string Code, string Where, long Position, string What);

/// <summary>The newest batch of a lane: kept outside the database it proves later that nothing was cut off.</summary>
public sealed record LaneAnchor(long Batch, string Digest);

/// <summary>What was walked, what was found, and the anchors to keep.</summary>
public sealed record VerificationReport(
    long Entries, long Subjects, long Records, IReadOnlyList<VerificationFinding> Findings, IReadOnlyDictionary<int, LaneAnchor> Anchors);
