using Platform.Load.Histories;
using Platform.Load.Open;

namespace Platform.Load.Faults;

/// <summary>Something that goes wrong while people work, for a while.</summary>
internal interface IFault
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What it does, as a phrase.</summary>
    string What { get; }

    FaultTerms Terms { get; }

    /// <summary>What this machine lacks for it, or null.</summary>
    string? Missing() => null;

    /// <summary>Before there is load: what must stand for it.</summary>
    Task Prepare(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Where the load goes while this fault has its turn.</summary>
    LoadTarget Target(LoadTarget target) => target;

    Task Begin(FaultSite site, CancellationToken cancellation);

    Task End(FaultSite site, CancellationToken cancellation);

    /// <summary>After the load: everything as it was.</summary>
    Task Restore(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Adds to the history what the fault itself asked, if it did.</summary>
    History Complete(History history) => history;
}

/// <summary>How long a fault lasts and what people may notice of it.</summary>
/// <param name="Hold">From its begin to its end.</param>
/// <param name="HoldShort">The same in a short run.</param>
/// <param name="MayRefuse">How long one citizen may go without any success, counted over the fault and what follows.</param>
internal sealed record FaultTerms(TimeSpan Hold, TimeSpan HoldShort, TimeSpan MayRefuse)
{
    /// <summary>Whether one retry of the client must hide everything.</summary>
    public bool HidesEverything { get; init; }

    public static FaultTerms Of(int hold, int holdShort, int mayRefuse) =>
        new(TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(holdShort), TimeSpan.FromSeconds(mayRefuse));
}
