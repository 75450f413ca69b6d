using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Citizens;

/// <summary>A code leads to the ledger entry that its presentation was made with, and so to the citizen; no index has to be kept beside the ledger.</summary>
[GrainType("presentation-desk"), StatelessWorker]
internal sealed class PresentationDesk(LedgerStore store) : Grain, IPresentationDesk
{
    public async Task<ShownAnswer> Show(ShowCall call)
    {
        LedgerEntry? entry;
        try
        {
            entry = await store.Find(PresentationCode.IdOf(call.CodeHash));
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The ledger does not answer ({exception.GetType().Name}).");
        }

        return entry?.Kind == LedgerKinds.PresentationMade
            ? await GrainFactory.GetGrain<ICitizenPresentations>(entry.Subject).ShowPresentation(call)
            : new ShownAnswer { Refusal = Refusals.PresentationUnknown };
    }
}
