using Npgsql;
using Platform.Load.Stack;

namespace Platform.Load.Faults.Kinds;

/// <summary>The database's disk is full for a while, for its tables and for its log, until the server gives up; then there is room again.</summary>
internal sealed class FullDisk : IFault
{
    private const int MostSegments = 200;

    public string Name => "disk-full";

    public string What => "no room on the database's disk, for tables and log";

    public FaultTerms Terms { get; } = FaultTerms.Of(20, 8, 60);

    public async Task Begin(FaultSite site, CancellationToken cancellation)
    {
        await site.Laboratory.Disk.Fill(cancellation);

        // At this load the log would need minutes to come to the end of the room that it has.
        await using var source = NpgsqlDataSource.Create(site.Stack.Postgres.ConnectionString("postgres"));
        try
        {
            for (var turn = 0; turn < MostSegments; turn++)
            {
                await using var command = source.CreateCommand("CREATE TEMPORARY TABLE IF NOT EXISTS filler (text text); SELECT pg_switch_wal()");
                await command.ExecuteNonQueryAsync(cancellation);
                await site.Laboratory.Disk.Fill(cancellation);
            }
        }
        catch (NpgsqlException)
        {
            // Now there is no room for the log either.
            return;
        }

        throw new StackException("PostgreSQL still found room for its log on a full disk.");
    }

    public Task End(FaultSite site, CancellationToken cancellation)
    {
        site.Laboratory.Disk.Free();
        return Task.CompletedTask;
    }
}
