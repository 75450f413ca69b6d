namespace Platform.Load.Stack;

/// <summary>What a stack is made of.</summary>
internal sealed record StackOptions
{
    public int Silos { get; init; } = 2;

    public int Apis { get; init; } = 2;

    public int Identities { get; init; } = 2;

    public int Citizens { get; init; } = 2000;

    public int Seed { get; init; } = 468;

    /// <summary>People with an e-ID of level 2, for logins.</summary>
    public int Accounts { get; init; } = 8;

    /// <summary>Where the database and the silos stand: by default on this machine like everything else.</summary>
    public IPlaces Places { get; init; } = new ThisMachine();

    /// <summary>Whether silos and their clients show each other certificates; on one machine they may do without.</summary>
    public bool Certificates { get; init; } = true;

    /// <summary>The folder of another version with whose programs the stack starts; null for this one's.</summary>
    public string? Older { get; init; }

    /// <summary>Settings of PostgreSQL beside those that durability needs.</summary>
    public IReadOnlyDictionary<string, string> Postgres { get; init; } = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "4GB" };

    /// <summary>Environment variables of every silo, API and identity server, winning over those of the stack.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
