namespace Platform.Load.Open;

/// <summary>What one operation of a run does.</summary>
internal enum Workload
{
    /// <summary>A disclosure that rests on the citizen's consent.</summary>
    Consented,

    /// <summary>A disclosure on another ground.</summary>
    Lawful,

    /// <summary>A consent granted or withdrawn by the citizen.</summary>
    Change,

    /// <summary>A document pushed by its source.</summary>
    Push,

    /// <summary>A disclosure of what was pushed.</summary>
    Pushed,

    /// <summary>A page of the citizen's ledger.</summary>
    Ledger,

    /// <summary>The citizen's list of accesses.</summary>
    Accesses,

    /// <summary>A whole login.</summary>
    Login,

    /// <summary>A token for a machine.</summary>
    Token,
}
