using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Core;
using Platform.Contracts;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;

namespace Platform.Load.Checking.Planted;

/// <summary>Stands between callers and a citizen's grain, and makes it forget, or answer with something else.</summary>
internal sealed class FaultyGrain(PlantedBug bug) : IIncomingGrainCallFilter
{
    private const int OneOf = 6;
    private readonly ConcurrentDictionary<string, DisclosureAnswer> _answered = new(StringComparer.Ordinal);
    private DisclosureAnswer? _latest;
    private int _count;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Request.GetArgumentCount() != 1 || context.Request.GetArgument(0) is not DisclosureCall)
        {
            await context.Invoke();
            return;
        }

        switch (bug)
        {
            case PlantedBug.UncountedUses:
                Field(context.Grain, "_usage").SetValue(context.Grain, UsageCounts.None);
                await context.Invoke();
                break;
            case PlantedBug.StaleConsent when IsTurn():
                await WithWithdrawn(context);
                break;
            default:
                await context.Invoke();
                Rename(context);
                break;
        }
    }

    // The state from before the withdrawals, for one call.
    private static async Task WithWithdrawn(IIncomingGrainCallContext context)
    {
        var stored = (StateStorageBridge<CitizenState>)Field(context.Grain, "_stored").GetValue(context.Grain)!;
        var state = stored.State;
        var consents = state.Record!.Consents.Select(consent => consent.State == ConsentState.Withdrawn ? consent with { State = ConsentState.Granted } : consent);
        stored.State = state with { Record = state.Record with { Consents = [.. consents] } };
        try
        {
            await context.Invoke();
        }
        finally
        {
            stored.State = state;
        }
    }

    private void Rename(IIncomingGrainCallContext context)
    {
        if (bug is not (PlantedBug.ForeignEntry or PlantedBug.OlderEntry) || context.Result is not DisclosureAnswer answer)
        {
            return;
        }

        var citizen = context.TargetId.Key.ToString()!;
        var other = bug == PlantedBug.OlderEntry ? _answered.GetValueOrDefault(citizen) : _latest;
        if (other is not null && IsTurn())
        {
            context.Result = answer with { Id = other.Id, LedgerSeq = other.LedgerSeq, LedgerHash = other.LedgerHash };
        }

        (_latest, _answered[citizen]) = (answer, answer);
    }

    private bool IsTurn() => Interlocked.Increment(ref _count) % OneOf == 0;

    private static FieldInfo Field(object grain, string name) =>
        grain.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(grain.GetType().Name, name);
}
