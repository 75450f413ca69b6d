namespace Platform.Load.Checking.Planted;

/// <summary>Bugs that are put into a silo on purpose: what the checker must find, or it proves nothing.</summary>
internal enum PlantedBug
{
    /// <summary>None: the silo as it is, in the same scenario.</summary>
    None = 1,

    /// <summary>An append counts as done although its place in the ledger was taken.</summary>
    NoAppendCheck,

    /// <summary>Of many entries one is acknowledged and not written.</summary>
    UnwrittenEntry,

    /// <summary>Nothing in the silo; a row is deleted from the table afterwards.</summary>
    DeletedRow,

    /// <summary>Uses of consents are not counted.</summary>
    UncountedUses,

    /// <summary>Now and then a consent is honoured that was withdrawn.</summary>
    StaleConsent,

    /// <summary>Now and then an answer names the entry of an answer about somebody else.</summary>
    ForeignEntry,

    /// <summary>Now and then an answer names an older entry of the same citizen.</summary>
    OlderEntry,
}
