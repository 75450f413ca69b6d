using System.Collections.Immutable;
using System.Text.Json;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Ledger;

namespace Platform.Silo.Rules;

/// <summary>Governance of rule books; every step is an entry of the governance ledger, which is also its fence.</summary>
[GrainType("rule-books")]
internal sealed class RuleBooksGrain(
    LedgerWriter writer,
    LedgerStore store,
    RuleBookLease lease,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, IRuleBooks
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => this.GetPrimaryKeyString() == IRuleBooks.Key
        ? Task.CompletedTask
        : throw new ArgumentException("There is one governance grain, under its one key.");

    public async Task<ImmutableArray<RuleBookView>> List() => [.. (await Known()).Books.Values.Select(book => book.View(withContent: false))];

    public async Task<RuleBookView?> Get(int number) => (await Known()).Books.GetValueOrDefault(number)?.View(withContent: true);

    public async Task<RuleBookView> Current()
    {
        await Known();
        var rules = lease.Current(clock.GetUtcNow());
        return rules.Governance.Books[rules.Book.Number].View(withContent: true);
    }

    public async Task<RuleBookAnswer> Draft(string operationKey, string person, string book)
    {
        RuleBook draft;
        try
        {
            draft = DomainJson.Read<RuleBook>(book);
        }
        catch (JsonException)
        {
            return new RuleBookAnswer { Refusal = Refusals.RuleBookInvalid, Findings = ["The text is not a rule book in JSON."] };
        }

        var known = await Known();
        if (known.Books.Values.FirstOrDefault(held => held.OperationKey == operationKey && held.DraftedBy == person) is { } earlier)
        {
            return DomainJson.Write(earlier.Book with { Number = draft.Number }) == DomainJson.Write(draft)
                ? new RuleBookAnswer { Book = earlier.View(withContent: false) }
                : new RuleBookAnswer { Refusal = Refusals.OperationKeyReused };
        }

        draft = draft with { Number = known.Books.Keys.LastOrDefault() + 1 };
        var findings = RuleBookCheck.Check(draft, lease.Catalogue);
        if (!findings.IsEmpty)
        {
            return new RuleBookAnswer { Refusal = Refusals.RuleBookInvalid, Findings = findings };
        }

        return await Step(known, draft.Number, LedgerKinds.RuleBookDrafted, new DraftedBody(person, operationKey, draft));
    }

    public async Task<RuleBookAnswer> Review(int number, string person, bool approve, string comment)
    {
        var known = await Known();
        if (Refusal(known, number, person, RuleBookState.Drafted) is { } refusal)
        {
            return new RuleBookAnswer { Refusal = refusal };
        }

        return await Step(known, number, LedgerKinds.RuleBookReviewed, new ReviewedBody(number, person, approve, comment));
    }

    public async Task<RuleBookAnswer> Publish(int number, string person, DateTimeOffset effectiveFrom)
    {
        var known = await Known();
        if (Refusal(known, number, person, RuleBookState.Approved) is { } refusal)
        {
            return new RuleBookAnswer { Refusal = refusal };
        }

        var earliest = CivilTime.Microseconds(clock.GetUtcNow() + RuleOptions.PublishAhead);
        return effectiveFrom < earliest
            ? new RuleBookAnswer { Refusal = Refusals.RuleBookTooEarly, Earliest = earliest }
            : await Step(known, number, LedgerKinds.RuleBookPublished, new PublishedBody(number, person, effectiveFrom.ToUniversalTime()));
    }

    public async Task<ImmutableArray<SystemView>> Systems()
    {
        await Known();
        var rules = lease.Current(clock.GetUtcNow());
        return [.. rules.Book.Systems.Select(system => View(system, rules.Governance))];
    }

    public Task<SystemAnswer> Suspend(string system, string person, string cause) => Stand(system, person, cause, suspended: true);

    public Task<SystemAnswer> Resume(string system, string person, string cause) => Stand(system, person, cause, suspended: false);

    private async Task<SystemAnswer> Stand(string system, string person, string cause, bool suspended)
    {
        var known = await Known();
        if (lease.Current(clock.GetUtcNow()).Book.System(system) is not { } held)
        {
            return new SystemAnswer { Refusal = Refusals.SystemUnknown };
        }

        var stands = known.Standings.GetValueOrDefault(system)?.Suspended ?? false;
        if (stands != suspended)
        {
            var kind = suspended ? LedgerKinds.SystemSuspended : LedgerKinds.SystemResumed;
            known = await Append(known, kind, new StandingBody(system, person, cause));
        }

        return new SystemAnswer { System = View(held, known) };
    }

    // The ledger is asked each time: governance is rare, and a stale answer to a rule owner would be a wrong one. Nor is anybody told that something is so already that may be lost.
    private Task<Governance> Known() => LedgerReading.OrTryAgain(async () =>
    {
        var known = await lease.Renew();
        await store.Settle();
        return known;
    });

    private static string? Refusal(Governance known, int number, string person, RuleBookState needed)
    {
        if (known.Books.GetValueOrDefault(number) is not { } book)
        {
            return Refusals.RuleBookUnknown;
        }

        return book.State != needed ? Refusals.RuleBookState : book.DraftedBy == person ? Refusals.RuleBookSamePerson : null;
    }

    private async Task<RuleBookAnswer> Step<TBody>(Governance known, int number, string kind, TBody body) =>
        new() { Book = (await Append(known, kind, body)).Books[number].View(withContent: false) };

    private async Task<Governance> Append<TBody>(Governance known, string kind, TBody body)
    {
        var now = clock.GetUtcNow();
        var draft = new EntryDraft { Id = Guid.CreateVersion7(now), Kind = kind, At = now, Body = DomainJson.Write(body) };
        if (!await writer.Append(LedgerEntry.Extend(known.Head, Governance.Subject, draft)))
        {
            throw new TryAgainException(TryAgainException.LedgerMoved, "The rule books were changed elsewhere.");
        }

        return await Known();
    }

    private static SystemView View(SectorSystem system, Governance governance)
    {
        var standing = governance.Standings.GetValueOrDefault(system.Id);
        return new SystemView
        {
            Id = system.Id,
            Organisation = system.Organisation,
            Suspended = standing?.Suspended ?? false,
            ChangedBy = standing?.Person,
            Cause = standing?.Cause,
            ChangedAt = standing?.At,
        };
    }
}
