using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Silo.Citizens;

/// <summary>A request is found by the ledger entry that it was made with, which bears its identity: no index has to be kept beside the ledger.</summary>
[GrainType("consent-request-desk"), StatelessWorker]
internal sealed class ConsentRequestDesk(LedgerStore store) : Grain, IConsentRequestDesk
{
    public async Task<ConsentRequestAnswer> Find(string system, Guid request) => await Citizen(request) is { } citizen
        ? await citizen.GetConsentRequest(system, request)
        : Unknown();

    public async Task<ConsentRequestAnswer> Cancel(string system, Guid request) => await Citizen(request) is { } citizen
        ? await citizen.CancelConsentRequest(system, request)
        : Unknown();

    private async Task<ICitizenDisclosures?> Citizen(Guid request)
    {
        var entry = await LedgerReading.OrTryAgain(() => store.Find(request));
        return entry?.Kind == LedgerKinds.ConsentRequested ? GrainFactory.GetGrain<ICitizenDisclosures>(entry.Subject) : null;
    }

    private static ConsentRequestAnswer Unknown() => new() { Refusal = Refusals.ConsentRequestUnknown };
}
