using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Silo.Ledger;

namespace Platform.Silo.Citizens;

/// <summary>A code leads to the ledger entry that its presentation was made with, and so to the citizen; no index has to be kept beside the ledger.</summary>
[GrainType("presentation-desk"), StatelessWorker]
internal sealed class PresentationDesk(LedgerStore store) : Grain, IPresentationDesk
{
    public async Task<ShownAnswer> Show(ShowCall call)
    {
        var entry = await LedgerReading.OrTryAgain(() => store.Find(PresentationCode.IdOf(call.CodeHash)));
        return entry?.Kind == LedgerKinds.PresentationMade
            ? await GrainFactory.GetGrain<ICitizenPresentations>(entry.Subject).ShowPresentation(call)
            : new ShownAnswer { Refusal = Refusals.PresentationUnknown };
    }
}
