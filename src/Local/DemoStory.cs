using System.Runtime.CompilerServices;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Hosting;

namespace Platform.Local;

/// <summary>
/// Gives the first demonstration citizen something to look at: who asked for what, a consent in use, a document that runs out. It comes in by the same doors as in real
/// life, once; each step knows whether it was taken, so an interrupted story goes on where it was.
/// </summary>
internal sealed class DemoStory(StoryMark mark, PersonalId person, PersonalId official, IGrainFactory grains)
{
    private const int ConsentDays = 180;
    private const int DataLifeDays = 90;
    private const int DaysLeft = 20;
    private const int EntriesAtOnce = 500;

    /// <summary>Tells the story of a person, once; the official who asks must be nobody of the person's household.</summary>
    public static async Task Ensure(
        LocalOptions options, PersonalId person, PersonalId official, IGrainFactory grains, TimeProvider clock, CancellationToken cancellation)
    {
        var mark = StoryMark.Read(options) ?? new StoryMark(Guid.NewGuid(), CivilTime.Microseconds(clock.GetUtcNow()), Done: false);
        if (mark.Done)
        {
            return;
        }

        mark.Write(options);
        await foreach (var _ in new DemoStory(mark, person, official, grains).Tell(cancellation))
        {
            // Each step is whole by itself.
        }

        (mark with { Done = true }).Write(options);
    }

    /// <summary>Takes the steps that were not taken yet; gives the name of each after it.</summary>
    public async IAsyncEnumerable<string> Tell([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await LetADocumentRunOut();
        yield return "document";

        await AgreeToTheBank();
        yield return "consent";

        var known = await Recorded();
        foreach (var (step, call) in StoryAccesses.Of(mark, official))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!known.Contains(call.Id))
            {
                await grains.GetGrain<ICitizenDisclosures>(Key).Disclose(call);
            }

            yield return step;
        }

        // The same key and content at every attempt: it is asked once.
        Must((await grains.GetGrain<ICitizenDisclosures>(Key).RequestConsent(StoryAccesses.Electricity(mark))).Refusal);
        yield return "request";
    }

    private string Key => person.Reveal();

    // Its issuer sends a newer version of a card that the citizen holds.
    private async Task LetADocumentRunOut()
    {
        var until = CivilTime.Day(mark.BegunAt).AddDays(DaysLeft);
        var record = DomainJson.Read<CitizenRecord>((await grains.GetGrain<ICitizenSelf>(Key).GetRecord())!);
        var held = record.Documents
            .Where(document => document.IsValidOn(CivilTime.Day(mark.BegunAt)) && Issuer(document) is not null)
            .OrderByDescending(document => document.Kind == "healthInsurance").ThenByDescending(document => document.ValidTo is not null).ToArray();
        if (held.Length == 0 || held.Any(document => document.ValidTo == until))
        {
            return;
        }

        var card = held[0];
        var renewed = card with { ValidTo = until, Provenance = card.Provenance with { AsOf = mark.BegunAt, Version = card.Provenance.Version + 1 } };
        var answer = await grains.GetGrain<ICitizenSources>(Key).PutDocument(
            new PutDocumentCall { System = Issuer(card)!.Id, Document = DomainJson.Write(renewed) });
        Must(answer.Refusal);
    }

    private async Task AgreeToTheBank()
    {
        var proposal = new ConsentProposal
        {
            System = StoryAccesses.Bank,
            Purpose = StoryAccesses.AccountOpening,
            Targets = StoryAccesses.ForTheAccount,
            Days = ConsentDays,
            DataLifeDays = DataLifeDays,
            Language = "vi",
            // Worded alike when it is tried again.
            From = mark.BegunAt,
        };
        var worded = await grains.GetGrain<IEidAccountGrain>(Key).DescribeConsent(proposal);
        Must(worded.Refusal);
        var answer = await grains.GetGrain<ICitizenSelf>(Key).DecideConsent(new ConsentCall
        {
            OperationKey = $"story-{mark.Id:N}",
            Recipient = worded.Recipient,
            Purpose = proposal.Purpose,
            Targets = proposal.Targets,
            Granted = true,
            ValidTo = worded.ValidTo,
            DataLifeDays = proposal.DataLifeDays,
            Channel = "portal",
            IdentityLevel = 2,
            TextVersion = worded.TextVersion,
            Language = proposal.Language,
            TextHash = ConsentStatement.Hash(worded.Text),
            Text = worded.Text,
        });
        Must(answer.Refusal);
    }

    private async Task<HashSet<Guid>> Recorded()
    {
        var ids = new HashSet<Guid>();
        for (long after = 0; ;)
        {
            var page = await grains.GetGrain<ICitizenSelf>(Key).GetLedger(after, EntriesAtOnce);
            ids.UnionWith(page.Entries.Select(entry => entry.Id));
            if (page.Entries.IsEmpty)
            {
                return ids;
            }

            after = page.Entries[^1].Seq;
        }
    }

    private static SectorSystem? Issuer(Document document) => RuleBook.Shipped.Systems.FirstOrDefault(system => system.Pushes.Contains(document.Kind));

    private static void Must(string? refusal)
    {
        if (refusal is not null)
        {
            throw new CannotStartException($"The demonstration's history could not be made ({refusal}). Choose another folder with --data DIR.");
        }
    }
}
