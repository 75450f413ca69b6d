using System.Data.Common;
using Platform.Domain.Ledger;

namespace Platform.Silo.Ledger;

internal static class LedgerColumns
{
    public const string Select = "subject, seq, entry_id, kind, at, tag, body, prev_hash, hash";

    /// <summary>Microseconds by which the clocks of Vietnam are ahead of UTC.</summary>
    public const long LocalOffset = 7 * 3_600_000_000L;

    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static LedgerEntry Read(DbDataReader reader) => new()
    {
        Subject = reader.GetString(0),
        Seq = reader.GetInt64(1),
        Id = new Guid((byte[])reader[2], bigEndian: true),
        Kind = reader.GetString(3),
        At = FromMicroseconds(reader.GetInt64(4)),
        Tag = reader.GetString(5),
        Body = reader.GetString(6),
        PrevHash = (byte[])reader[7],
        Hash = (byte[])reader[8],
    };
}
