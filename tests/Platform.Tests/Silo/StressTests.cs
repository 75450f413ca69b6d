using System.Collections.Concurrent;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Many callers, two silos that do not know each other, a few citizens who grant and withdraw all the time.</summary>
public sealed class StressTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const int Citizens = 3;
    private const int Callers = 8;
    private const int CallsEach = 40;
    private const int Revocations = 12;

    private readonly ConcurrentBag<(long Started, DisclosureAnswer Answer, int Citizen)> _answers = [];
    private readonly ConcurrentDictionary<Guid, long> _acknowledged = [];

    [Theory, EachDatabase]
    public async Task Nothing_is_released_after_an_acknowledged_revocation_however_many_ask_at_once(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import([.. Enumerable.Range(0, Citizens).Select(number => Person.Record(number))]);
        TestSilo[] silos = [await province.Start(), await province.Start()];

        await Task.WhenAll(
            [
                .. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Ask(silos, caller))),
                .. Enumerable.Range(0, Citizens).Select(citizen => Task.Run(() => GrantAndWithdraw(silos, citizen))),
            ]);

        Assert.Equal(Callers * CallsEach, _answers.Count);
        Assert.Equal(Citizens * Revocations, _acknowledged.Count);
        Assert.Contains(_answers, answer => answer.Answer.Outcome == Outcome.Permitted);
        Assert.Contains(_answers, answer => answer.Answer.Targets[0].Reason == Reason.ConsentWithdrawn);
        Assert.DoesNotContain(_answers, answer =>
            answer.Answer.Targets[0].Consent is { } consent && _acknowledged.TryGetValue(consent, out var revoked) && answer.Started > revoked);
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            CheckLedger(await province.Ledger(Person.Id(citizen)), citizen);
        }
    }

    private async Task Ask(TestSilo[] silos, int caller)
    {
        for (var call = 0; call < CallsEach; call++)
        {
            var citizen = (caller + call) % Citizens;
            var silo = silos[(caller + (call / Citizens)) % silos.Length];
            var (started, answer) = await Retry.Again(async () =>
            {
                var start = TimeProvider.System.GetTimestamp();
                return (start, await silo.Sector(Person.Id(citizen)).Disclose(Person.Call()));
            });
            _answers.Add((started, answer, citizen));
        }
    }

    private async Task GrantAndWithdraw(TestSilo[] silos, int citizen)
    {
        for (var round = 0; round < Revocations; round++)
        {
            var granting = silos[round % silos.Length];
            var call = Person.Grant($"round {round}");
            var granted = await Retry.Again(() => granting.Self(Person.Id(citizen)).DecideConsent(call));
            var consent = DomainJson.Read<Consent>(granted.Consent!).Id;
            var withdrawing = silos[(round + citizen) % silos.Length];
            var withdrawn = await Retry.Again(() => withdrawing.Self(Person.Id(citizen)).WithdrawConsent(consent));
            _acknowledged[consent] = TimeProvider.System.GetTimestamp();
            Assert.Equal(ConsentState.Withdrawn, DomainJson.Read<Consent>(withdrawn.Consent!).State);
        }
    }

    private void CheckLedger(IReadOnlyList<LedgerEntry> ledger, int citizen)
    {
        var withdrawn = new HashSet<string>();
        foreach (var entry in ledger)
        {
            if (entry.Kind == LedgerKinds.ConsentWithdrawn)
            {
                Assert.True(withdrawn.Add(DomainJson.Read<ConsentBody>(entry.Body).Consent.Id.ToString("N")), "A revocation was recorded twice.");
            }

            Assert.DoesNotContain(entry.Tag.Split(' ').Skip(2), withdrawn.Contains);
        }

        foreach (var (_, answer, _) in _answers.Where(answer => answer.Citizen == citizen))
        {
            var entry = Assert.Single(ledger, entry => entry.Id == answer.Id);
            Assert.Equal((answer.LedgerSeq, answer.LedgerHash), (entry.Seq, Convert.ToHexStringLower(entry.Hash.Span)));
        }
    }
}
