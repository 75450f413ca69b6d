using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    private const int MostMinutes = 5;

    public async Task<PresentationAnswer> MakePresentation(PresentationCall call)
    {
        Guard();
        var now = Now;
        var content = DomainJson.Digest(call with { OperationKey = "" });
        if (Presentations.FirstOrDefault(held => Same(held.KeyHash, KeyHash(held.Secret, call.OperationKey))) is { } earlier)
        {
            await ConfirmNewest();
            return earlier.Content == content
                ? Presented(await Standing(earlier, now)) with { Code = PresentationCode.Make(earlier.Secret, call.OperationKey) }
                : NotPresented(Refusals.OperationKeyReused);
        }

        if (Refusal(call, now) is { } refusal)
        {
            await ConfirmNewest();
            return NotPresented(refusal);
        }

        var secret = RandomNumberGenerator.GetBytes(32);
        var code = PresentationCode.Make(secret, call.OperationKey);
        var hash = PresentationCode.Hash(code);
        var made = new HeldPresentation
        {
            Presentation = new DocumentPresentation
            {
                Id = PresentationCode.IdOf(hash),
                Kind = call.Kind,
                Number = call.Number,
                Attributes = call.Attributes,
                MadeAt = now,
                Until = now.AddMinutes(call.Minutes),
            },
            CodeHash = hash,
            Secret = secret,
            KeyHash = KeyHash(secret, call.OperationKey),
            Content = content,
        };
        await CommitPresentations(HeldPresentation.Settle(Presentations, now).Add(made), LedgerKinds.PresentationMade, made, made.Presentation.Id, now);
        return Presented(made.Presentation) with { Code = code };
    }

    public async Task<PresentationAnswer> GetPresentation(Guid presentation)
    {
        Guard();
        await ConfirmNewest();
        return Held(presentation) is { } held ? Presented(await Standing(held, Now)) : NotPresented(Refusals.PresentationUnknown);
    }

    public async Task<PresentationAnswer> WithdrawPresentation(Guid presentation)
    {
        Guard();
        var now = Now;
        if (Held(presentation) is not { } held || held.Presentation.At(now).State != PresentationState.Waiting)
        {
            return await GetPresentation(presentation);
        }

        var withdrawn = held with { Presentation = held.Presentation with { State = PresentationState.Withdrawn, EndedAt = now } };
        await CommitPresentations(With(withdrawn, now), LedgerKinds.PresentationWithdrawn, withdrawn, Guid.CreateVersion7(now), now);
        return Presented(withdrawn.Presentation);
    }

    private ImmutableArray<HeldPresentation> Presentations => _stored.State.Presentations;

    private HeldPresentation? Held(Guid presentation) => Presentations.FirstOrDefault(held => held.Presentation.Id == presentation);

    private ImmutableArray<HeldPresentation> With(HeldPresentation changed, DateTimeOffset now) => HeldPresentation.Settle(
        [.. Presentations.Select(held => held.Presentation.Id == changed.Presentation.Id ? changed : held)], now);

    private Task CommitPresentations(ImmutableArray<HeldPresentation> all, string kind, HeldPresentation about, Guid entry, DateTimeOffset now) => Commit(
        _stored.State with { Presentations = all },
        Draft(kind, now, new PresentationBody(about.Presentation, DomainJson.Digest(all)) { AnswerDigest = about.AnswerDigest }) with { Id = entry });

    private string? Refusal(PresentationCall call, DateTimeOffset now)
    {
        if (Record is null)
        {
            return Refusals.CitizenUnknown;
        }

        if (Record.Status != CitizenStatus.Active)
        {
            return Refusals.CitizenInactive;
        }

        if (Record.Find(call.Kind, call.Number) is null)
        {
            return Refusals.PresentationDocumentUnknown;
        }

        var isPossible = call.Minutes is > 0 and <= MostMinutes
            && call.Attributes.Length is > 0 and <= PresentationScope.MostAttributes
            && call.Attributes.Distinct().Count() == call.Attributes.Length
            && call.Attributes.All(path => PresentationScope.Covers(call.Kind, path));
        if (!isPossible)
        {
            return Refusals.PresentationAttributesInvalid;
        }

        return Presentations.Count(held => held.Presentation.At(now).State == PresentationState.Waiting) < HeldPresentation.MostWaiting
            ? null
            : Refusals.PresentationsTooMany;
    }

    private static string KeyHash(byte[] secret, string key) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("operation " + key)));

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    private static PresentationAnswer Presented(DocumentPresentation presentation) => new() { Presentation = DomainJson.Write(presentation) };

    private static PresentationAnswer NotPresented(string code) => new() { Refusal = code };
}
