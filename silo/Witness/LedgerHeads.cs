using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Platform.Silo.Storage;

namespace Platform.Silo.Witness;

/// <summary>The heads of lanes as the database has them.</summary>
internal sealed class LedgerHeads(PlatformDatabase database)
{
    private const string NewestText = """
        SELECT lane.lane, batch.batch, batch.digest FROM ledger_lane lane
        JOIN ledger_batch batch ON batch.lane = lane.lane AND batch.batch = (SELECT max(batch) FROM ledger_batch WHERE lane = lane.lane)
        """;

    /// <summary>Compares with what was seen before; every lane that goes on from there is as it should be.</summary>
    public async Task<Difference> Compare(IReadOnlyCollection<LaneHead> seen, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var newest = await Newest(connection, cancellation);
        var lost = ImmutableArray.CreateBuilder<LostBatches>();
        var forked = ImmutableArray.CreateBuilder<LaneHead>();
        foreach (var head in seen.OrderBy(head => head.Lane))
        {
            var (batch, digest) = newest.GetValueOrDefault(head.Lane);
            if (batch < head.Batch)
            {
                lost.Add(new LostBatches(head.Lane, batch + 1, head.Batch, head.Entries - await Entries(connection, head.Lane, batch, cancellation), head.SeenAt));
            }
            else if ((batch == head.Batch ? digest : await Digest(connection, head.Lane, head.Batch, cancellation)) != head.Digest)
            {
                forked.Add(head);
            }
        }

        return new Difference(lost.ToImmutable(), forked.ToImmutable());
    }

    /// <summary>The heads that go beyond what was seen.</summary>
    public async Task<ImmutableArray<LaneHead>> Beyond(IReadOnlyCollection<LaneHead> seen, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = seen.ToDictionary(head => head.Lane, head => head.Batch);
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var heads = ImmutableArray.CreateBuilder<LaneHead>();
        foreach (var (lane, (batch, digest)) in await Newest(connection, cancellation))
        {
            if (batch > known.GetValueOrDefault(lane))
            {
                heads.Add(new LaneHead(lane, batch, digest, await Entries(connection, lane, batch, cancellation), now));
            }
        }

        return heads.ToImmutable();
    }

    private static async Task<Dictionary<int, (long Batch, string Digest)>> Newest(DbConnection connection, CancellationToken cancellation)
    {
        var heads = new Dictionary<int, (long, string)>();
        await using var command = connection.Command(NewestText);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            heads[reader.GetInt32(0)] = (reader.GetInt64(1), Convert.ToHexStringLower((byte[])reader[2]));
        }

        return heads;
    }

    private static async Task<string?> Digest(DbConnection connection, int lane, long batch, CancellationToken cancellation)
    {
        await using var command = connection
            .Command("SELECT digest FROM ledger_batch WHERE lane = @lane AND batch = @batch")
            .With("lane", lane)
            .With("batch", batch);
        return await command.ExecuteScalarAsync(cancellation) is byte[] digest ? Convert.ToHexStringLower(digest) : null;
    }

    private static async Task<long> Entries(DbConnection connection, int lane, long upTo, CancellationToken cancellation)
    {
        await using var command = connection
            .Command("SELECT coalesce(sum(entries), 0) FROM ledger_batch WHERE lane = @lane AND batch <= @batch")
            .With("lane", lane)
            .With("batch", upTo);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }
}
