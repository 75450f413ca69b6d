using Npgsql;

namespace Platform.Load.Peer.Sql;

/// <summary>One of the programs that are compared.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Api">Where it is asked.</param>
/// <param name="Processes">Its processes by name, without the database; the first is the one that is asked.</param>
/// <param name="Database">Its database.</param>
/// <param name="Rows">A statement that counts the rows it has written for disclosures; null for one that writes none.</param>
internal sealed record Contestant(string Name, Uri Api, IReadOnlyList<(string Name, int Id)> Processes, NpgsqlDataSource Database, string? Rows);
