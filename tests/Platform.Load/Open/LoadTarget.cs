using System.Collections.Immutable;
using Platform.Load.Logins;

namespace Platform.Load.Open;

/// <summary>What is put under load: a stack of its own, or a province that runs already.</summary>
internal sealed record LoadTarget
{
    public required ImmutableArray<Uri> Apis { get; init; }

    /// <summary>Personal numbers of adults without consents of their own; everywhere else they are named by their index here.</summary>
    public required ImmutableArray<string> Citizens { get; init; }

    /// <summary>A token of a citizen, by index.</summary>
    public required Func<int, string> PersonToken { get; init; }

    /// <summary>Asks one identity server, by number, for a token of a sector system; throws if there is none.</summary>
    public required Func<string, int, CancellationToken, Task<(string Token, DateTimeOffset Until)>> AskToken { get; init; }

    public required int Identities { get; init; }

    /// <summary>Where people log in, if anybody does.</summary>
    public LoginTarget? Login { get; init; }

    /// <summary>How many people can log in.</summary>
    public int People { get; init; }
}
