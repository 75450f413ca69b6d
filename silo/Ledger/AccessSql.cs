namespace Platform.Silo.Ledger;

/// <summary>The statements about accesses in the dialect of a database; outcomes are numbered as <c>Outcome</c> is.</summary>
internal sealed class AccessSql
{
    // What was denied has no tag, and no text in the body can hold the quotation marks of its own JSON.
    private const string Partly = "'\"outcome\":\"partlyPermitted\"'";

    private AccessSql(string system, string client, string clientName, string tagged, string find, string month, string inSources, string consentId, string about)
    {
        Accesses = $"""
            WITH access AS (
                SELECT seq, entry_id, kind, at, body,
                    CASE WHEN kind = 'identity.released' THEN {client} WHEN kind = 'presentation.shown' THEN '' WHEN tag <> '' THEN {tagged} ELSE {system} END AS source,
                    CASE WHEN kind = 'identity.released' THEN {clientName} END AS name,
                    CASE WHEN kind IN ('identity.released', 'presentation.shown') THEN 1 WHEN tag = '' THEN 3 WHEN {find}(body, {Partly}) > 0 THEN 2 ELSE 1 END AS outcome
                FROM ledger
                WHERE subject = @subject AND kind IN ('disclosure', 'identity.released', 'presentation.shown'))
            """;
        Tallies = $"""
            {Accesses}
            SELECT {month} AS month, kind, source, outcome, count(*), max(at), max(name)
            FROM access
            GROUP BY 1, 2, 3, 4
            ORDER BY 1 DESC, 2, 3, 4
            """;
        Asked = $"""
            SELECT entry_id, {about} FROM ledger
            WHERE subject = @subject AND kind IN ('report.opened', 'report.read', 'report.answered') AND kind = 'report.opened' AND {about} IS NOT NULL
            ORDER BY seq
            """;
        Consent = $"""
            SELECT seq, kind, at, hash, body FROM ledger
            WHERE subject = @subject AND kind IN ('consent.granted', 'consent.refused', 'consent.withdrawn') AND {consentId} = @consent
            ORDER BY seq
            """;
        InSources = inSources;
    }

    public static AccessSql Postgres { get; } = new(
        system: "body::json #>> '{request,system}'",
        client: "body::json ->> 'client'",
        clientName: "body::json ->> 'clientName'",
        tagged: "split_part(tag, ' ', 1)",
        find: "strpos",
        month: $"to_char(timestamp 'epoch' + ((at + {LedgerColumns.LocalOffset}) / 1000000) * interval '1 second', 'YYYY-MM')",
        inSources: "= ANY(@sources)",
        consentId: "body::json #>> '{consent,id}'",
        about: "body::json #>> '{access,id}'");

    public static AccessSql Sqlite { get; } = new(
        system: "json_extract(body, '$.request.system')",
        client: "json_extract(body, '$.client')",
        clientName: "json_extract(body, '$.clientName')",
        tagged: "substr(tag, 1, instr(tag, ' ') - 1)",
        find: "instr",
        month: $"strftime('%Y-%m', (at + {LedgerColumns.LocalOffset}) / 1000000, 'unixepoch')",
        inSources: "IN (SELECT value FROM json_each(@sources))",
        consentId: "json_extract(body, '$.consent.id')",
        about: "json_extract(body, '$.access.id')");

    /// <summary>All accesses of a subject with their source and outcome, under the name <c>access</c>.</summary>
    public string Accesses { get; }

    /// <summary>Counts by month of Vietnam, source and outcome.</summary>
    public string Tallies { get; }

    /// <summary>Which accesses the citizen asked about, the latest question last.</summary>
    public string Asked { get; }

    /// <summary>Entries about one consent.</summary>
    public string Consent { get; }

    /// <summary>The comparison with a list of sources.</summary>
    public string InSources { get; }
}
