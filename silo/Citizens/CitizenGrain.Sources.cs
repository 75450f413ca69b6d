using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    private const int MostDocuments = 100;

    public async Task<PutDocumentAnswer> PutDocument(PutDocumentCall call)
    {
        Guard();
        var document = DomainJson.Read<Document>(call.Document);
        if (Record is null)
        {
            await ConfirmNewest();
            return Refused(Refusals.CitizenUnknown, 0);
        }

        var now = Now;
        var current = rules.Current(now);
        if (current.IsSuspended(call.System) || current.Book.System(call.System) is not { } system || !system.Pushes.Contains(document.Kind))
        {
            return Refused(Refusals.DocumentNotYours, 0);
        }

        var held = Record.Find(document.Kind, document.Number);
        var heldVersion = held?.Provenance.Version ?? 0;
        if (held is not null && document.Provenance.Version < heldVersion)
        {
            return Refused(Refusals.DocumentVersionOld, heldVersion);
        }

        if (held is not null && document.Provenance.Version == heldVersion)
        {
            return DomainJson.Write(held) == DomainJson.Write(document)
                ? new PutDocumentAnswer { Changed = false, HeldVersion = heldVersion }
                : Refused(Refusals.DocumentVersionConflict, heldVersion);
        }

        if (held is null && Record.Documents.Length >= MostDocuments)
        {
            return Refused(Refusals.DocumentsTooMany, 0);
        }

        var record = Record.WithDocument(document);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DomainJson.Write(document))));
        var body = new DocumentBody(call.System, document.Kind, document.Provenance.Source, document.Provenance.Version, digest, record.Digest());
        await Commit(_stored.State with { Record = record }, Draft(LedgerKinds.DocumentPut, now, body));
        return new PutDocumentAnswer { Changed = true, HeldVersion = document.Provenance.Version };
    }

    private static PutDocumentAnswer Refused(string code, long heldVersion) =>
        new() { Changed = false, HeldVersion = heldVersion, Refusal = code };
}
