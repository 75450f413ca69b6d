using Orleans.Concurrency;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Silo.Citizens;

[GrainType("disclosure-archive"), StatelessWorker]
internal sealed class DisclosureArchive(LedgerStore store) : Grain, IDisclosureArchive
{
    public async Task<DisclosureAnswer?> Find(string system, Guid disclosure)
    {
        var entry = await LedgerReading.OrTryAgain(() => store.Find(disclosure));
        if (entry?.Kind != LedgerKinds.Disclosure)
        {
            return null;
        }

        var body = DomainJson.Read<DisclosureBody>(entry.Body);
        return body.Request.System == system ? DisclosureAnswers.From(entry, body.Request, body.Decision, default) : null;
    }
}
