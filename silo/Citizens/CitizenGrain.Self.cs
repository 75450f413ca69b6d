using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    private const int MostActiveConsents = 200;
    private const int LongestDataLifeDays = 3650;
    private const int LongestText = 20_000;
    private static readonly TimeSpan LongestConsent = TimeSpan.FromDays(3660);

    public async Task<string?> GetRecord()
    {
        Guard();
        await ConfirmNewest();
        return Record is null ? null : DomainJson.Write(Record);
    }

    public async Task<ConsentAnswer> DecideConsent(ConsentCall call)
    {
        Guard();
        var digest = DomainJson.Digest(call);
        if (Earlier(call.OperationKey, digest) is { } earlier)
        {
            return earlier;
        }

        var now = Now;
        if (Refusal(call, now) is { } refusal)
        {
            await ConfirmNewest();
            return Refused(refusal);
        }

        return await Decide(call, digest, Consented(call, now), answered: null);
    }

    public async Task<ConsentAnswer> WithdrawConsent(Guid consent)
    {
        Guard();
        if (Record?.Consents.FirstOrDefault(held => held.Id == consent) is not { } held)
        {
            await ConfirmNewest();
            return Refused(Refusals.ConsentUnknown);
        }

        if (held.State == ConsentState.Granted)
        {
            var now = Now;
            var record = Record.WithoutConsent(consent, now);
            var withdrawn = record.Consents.First(candidate => candidate.Id == consent);
            await Commit(_stored.State with { Record = record }, Draft(LedgerKinds.ConsentWithdrawn, now, new ConsentBody(withdrawn, record.Digest())));
        }

        return Answer(consent);
    }

    public async Task<LedgerPage> GetLedger(long after, int count)
    {
        Guard();
        var entries = await LedgerReading.OrTryAgain(() => store.Read(_citizen.Reveal(), after, Math.Clamp(count, 1, 500)));
        return new LedgerPage
        {
            HeadSeq = Math.Max(_head.Seq, entries.IsEmpty ? 0 : entries[^1].Seq),
            Entries =
            [
                .. entries.Select(entry => new LedgerEntryView
                {
                    Seq = entry.Seq,
                    Id = entry.Id,
                    Kind = entry.Kind,
                    At = entry.At,
                    Tag = entry.Tag,
                    Body = entry.Body,
                    PrevHash = Convert.ToHexStringLower(entry.PrevHash.Span),
                    Hash = Convert.ToHexStringLower(entry.Hash.Span),
                }),
            ],
        };
    }

    /// <summary>The answer that the operation key was given before, or null.</summary>
    private ConsentAnswer? Earlier(string key, string digest) =>
        _stored.State.Operations.FirstOrDefault(operation => operation.Key == key) is not { } earlier ? null
        : earlier.Digest == digest ? Answer(earlier.Consent)
        : Refused(Refusals.OperationKeyReused);

    private static Consent Consented(ConsentCall call, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Recipient = call.Recipient,
        Purpose = call.Purpose,
        Targets = [.. call.Targets.Order(StringComparer.Ordinal)],
        State = call.Granted ? ConsentState.Granted : ConsentState.Refused,
        DecidedAt = now,
        ValidFrom = call.ValidFrom ?? now,
        ValidTo = call.ValidTo,
        Limit = call is { LimitCount: { } count, LimitPer: { } per } ? new FrequencyLimit { Count = count, Per = per } : null,
        DataLifeDays = call.DataLifeDays,
        Evidence = new ConsentEvidence
        {
            Channel = call.Channel,
            IdentityLevel = call.IdentityLevel,
            TextVersion = call.TextVersion,
            Language = call.Language,
            TextHash = call.TextHash,
            GivenBy = call.GivenBy,
        },
    };

    /// <summary>Records a decision, and with it in one entry how the request stands that it answers.</summary>
    private async Task<ConsentAnswer> Decide(ConsentCall call, string digest, Consent consent, ConsentRequest? answered)
    {
        var state = _stored.State;
        var record = Record!.WithConsent(consent);
        var operations = state.Operations.Add(new Operation(call.OperationKey, digest, consent.Id));
        var requests = answered is null ? state.Requests : ConsentRequests.With(state.Requests, answered);
        var body = new ConsentBody(consent, record.Digest())
        {
            Text = call.Text,
            Request = answered?.Id,
            RequestsDigest = answered is null ? null : DomainJson.Digest(requests),
        };
        var changed = state with
        {
            Record = record,
            Requests = requests,
            Operations = operations.RemoveRange(0, Math.Max(0, operations.Length - CitizenState.OperationsKept)),
        };
        await Commit(changed, Draft(call.Granted ? LedgerKinds.ConsentGranted : LedgerKinds.ConsentRefused, consent.DecidedAt, body));
        return Answer(consent.Id);
    }

    private string? Refusal(ConsentCall call, DateTimeOffset now)
    {
        if (Record is null)
        {
            return Refusals.CitizenUnknown;
        }

        if (Record.Status != CitizenStatus.Active)
        {
            return Refusals.CitizenInactive;
        }

        var book = rules.Current(now).Book;
        if (book.Organisation(call.Recipient) is null)
        {
            return Refusals.RecipientUnknown;
        }

        if (book.Purpose(call.Purpose) is null)
        {
            return Refusals.PurposeUnknown;
        }

        var from = call.ValidFrom ?? now;
        var terms = call.ValidTo > from && call.ValidTo > now && call.ValidTo - from <= LongestConsent
            && call.DataLifeDays is > 0 and <= LongestDataLifeDays
            && call.LimitCount is null or > 0
            && call.LimitCount is null == call.LimitPer is null
            && call.Targets.Length > 0;
        if (!terms)
        {
            return Refusals.ConsentTermsInvalid;
        }

        if (call.Text is { } text && (text.Length > LongestText || ConsentStatement.Hash(text) != call.TextHash))
        {
            return Refusals.ConsentEvidenceMismatch;
        }

        return call.Granted && Record.Consents.Count(held => held.State == ConsentState.Granted && held.ValidTo > now) >= MostActiveConsents
            ? Refusals.ConsentsTooMany
            : null;
    }

    private ConsentAnswer Answer(Guid id) => Record?.Consents.FirstOrDefault(consent => consent.Id == id) is { } consent
        ? new ConsentAnswer { Consent = DomainJson.Write(consent) }
        : Refused(Refusals.ConsentUnknown);

    private static ConsentAnswer Refused(string code) => new() { Refusal = code };

    private static EntryDraft Draft<TBody>(string kind, DateTimeOffset now, TBody body) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, At = now, Body = DomainJson.Write(body) };
}
