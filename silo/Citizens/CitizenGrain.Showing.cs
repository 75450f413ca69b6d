using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Silo.Storage;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    public async Task<ShownAnswer> ShowPresentation(ShowCall call)
    {
        Guard();
        var now = Now;
        var held = Presentations.FirstOrDefault(candidate => Same(candidate.CodeHash, call.CodeHash));
        var standing = held is null ? null : await Standing(held, now);
        var document = standing is null ? null : Record?.Find(standing.Kind, standing.Number);
        if (held is null || standing is null || document is null || standing.State != PresentationState.Waiting)
        {
            await ConfirmNewest();
            return standing?.State == PresentationState.Shown ? ShownBefore(held!, document, call) : NotShown(Refusals.PresentationUnknown);
        }

        var answer = Showing(standing, document, now);
        var shown = held with
        {
            Presentation = standing with { State = PresentationState.Shown, EndedAt = now },
            ShownTo = call.Attempt,
            AnswerDigest = AnswerDigest(standing.Id, answer),
        };
        await CommitPresentations(With(shown, now), LedgerKinds.PresentationShown, shown, PresentationCode.ShownEntry(standing.Id), now);
        return answer;
    }

    // The attempt that it was shown to may have lost its answer to a fault between the entry and here; nobody else sees it, and it sees nothing else.
    private ShownAnswer ShownBefore(HeldPresentation held, Document? document, ShowCall call)
    {
        if (document is null || held.ShownTo != call.Attempt)
        {
            return NotShown(Refusals.PresentationUsed);
        }

        var answer = Showing(held.Presentation, document, held.Presentation.EndedAt!.Value);
        return AnswerDigest(held.Presentation.Id, answer) == held.AnswerDigest ? answer : NotShown(Refusals.PresentationUsed);
    }

    private ShownAnswer Showing(DocumentPresentation presentation, Document document, DateTimeOffset at)
    {
        var today = CivilTime.Day(at);
        return new ShownAnswer
        {
            ShownAt = at,
            Kind = document.Kind,
            State = document.StateOn(today),
            Values =
            [
                .. presentation.Attributes
                    .Select(path => (Path: path, Text: PresentationScope.Value(Record!, document, path, today)))
                    .Where(value => value.Text is not null)
                    .Select(value => new ShownValue { Path = value.Path, Text = value.Text! }),
            ],
        };
    }

    /// <summary>A waiting presentation does not outlive its citizen or a lock of the account, were it unlocked at once.</summary>
    private async Task<DocumentPresentation> Standing(HeldPresentation held, DateTimeOffset now)
    {
        var presentation = held.Presentation.At(now);
        return presentation.State == PresentationState.Waiting && (Record?.Status != CitizenStatus.Active || await WasLockedSince(presentation.MadeAt))
            ? presentation with { State = PresentationState.Withdrawn }
            : presentation;
    }

    // The account is read as it is stored: its grain may be waiting for this one.
    private async Task<bool> WasLockedSince(DateTimeOffset instant)
    {
        try
        {
            return await accounts.Read(_citizen.Reveal()) is { } account
                && (account.State != EidState.Active || account.LifeCycle.Any(act => act.Kind == "account.locked" && act.At >= instant));
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The account's database does not answer ({exception.GetType().Name}).");
        }
    }

    // The presentation's identity keeps short values from being guessed out of the digest by those who do not hold the entry.
    private static string AnswerDigest(Guid presentation, ShownAnswer answer) =>
        DomainJson.Digest(new { presentation, answer.Kind, answer.State, answer.Values });

    private static ShownAnswer NotShown(string code) => new() { Refusal = code };
}
