using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A ledger entry holds everything that the decision rested on.</summary>
public sealed class ReplayTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const int Citizens = 6;
    private const int Requests = 300;
    private readonly Random _random = new(20260715);

    [Theory, EachDatabase]
    public async Task Every_decision_replays_identically_from_its_entry(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import([.. Enumerable.Range(0, Citizens - 1).Select(Citizen)]);
        var silo = await province.Start();
        var answers = new Dictionary<Guid, DisclosureAnswer>();
        for (var request = 0; request < Requests; request++)
        {
            var answer = await silo.Sector(Person.Id(_random.Next(Citizens))).Disclose(AnyCall());
            answers.Add(answer.Id, answer);
        }

        var replayed = 0;
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            foreach (var entry in (await province.Ledger(Person.Id(citizen))).Where(entry => entry.Kind == LedgerKinds.Disclosure))
            {
                var body = DomainJson.Read<DisclosureBody>(entry.Body);
                Assert.Equal(DomainJson.Write(body.Decision), DomainJson.Write(SharingRules.Decide(body.Request, body.Facts, RuleBook.Shipped, entry.At)));
                CheckAnswer(answers[entry.Id], body);
                replayed++;
            }
        }

        Assert.Equal(Requests, replayed);
        Assert.Equal([Outcome.Permitted, Outcome.PartlyPermitted, Outcome.Denied], answers.Values.Select(answer => answer.Outcome).Distinct().Order());
        Assert.True(answers.Values.SelectMany(answer => answer.Targets).Select(target => target.Reason).Distinct().Count() > 8);
    }

    [Theory, EachDatabase]
    public async Task A_recorded_disclosure_is_found_by_its_system_only_and_without_values(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent()));
        var silo = await province.Start();
        var given = await silo.Sector(Person.Id(1)).Disclose(Person.Call());

        var found = await silo.Archive.Find(Person.System, given.Id);

        Assert.Equal(DomainJson.Write(given with { Targets = [given.Targets[0] with { Values = [] }] }), DomainJson.Write(found));
        Assert.Null(await silo.Archive.Find("bank", given.Id));
        Assert.Null(await silo.Archive.Find(Person.System, Guid.CreateVersion7()));
        Assert.Null(await silo.Archive.Find(Person.System, (await province.Ledger(Person.Id(1)))[0].Id));
    }

    private static void CheckAnswer(DisclosureAnswer answer, DisclosureBody body)
    {
        Assert.Equal(body.Decision.Targets.Select(target => (target.Target, target.Released, target.Reason)), answer.Targets.Select(target => (target.Target, target.Released, target.Reason)));
        Assert.All(answer.Targets.Where(target => !target.Released), target => Assert.Empty(target.Values));
        var values = DomainJson.Write(answer.Targets.Select(target => target.Values).ToArray());
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Id.ToString("N") + values)));
        Assert.Equal(answer.Outcome == Outcome.Denied ? null : digest, body.AnswerDigest);
    }

    private static CitizenRecord Citizen(int number) => Person.Record(number, number % 2 == 0 ? [Person.Consent()] : []) with
    {
        Protected = number % 3 == 1,
        Status = number == 4 ? CitizenStatus.Deceased : CitizenStatus.Active,
    };

    // Mostly what some rule permits, sometimes with a part of it missing.
    private DisclosureCall AnyCall()
    {
        var book = RuleBook.Shipped;
        var rule = Pick(book.Rules.Where(rule => rule.Effect == Effect.Permit));
        var names = rule.Targets.Select(target => target.Replace(".*", ".number", StringComparison.Ordinal)).Append(Person.Name).ToArray();
        return new DisclosureCall
        {
            Id = Guid.CreateVersion7(),
            System = Mostly(rule.When.OfType<SystemCondition>().Single().AnyOf[0], Pick(book.Systems).Id),
            Purpose = Mostly(rule.When.OfType<PurposeCondition>().Single().AnyOf[0], Pick(book.Purposes).Code),
            Targets = [.. names.OrderBy(_ => _random.Next()).Take(3).Distinct().Select(name => name == "identity.matches" ? "identity.matches(Nguyễn Văn 1;1985-03-02)" : name)],
            CaseReference = Mostly(rule.When.OfType<CaseReferenceCondition>().FirstOrDefault()?.Example, "42"),
            Official = Mostly(
                new OfficialCall { PersonalId = Mostly("067080000001", Person.Id(1).Reveal()), Role = "officer", Unit = "UBND", IdentityLevel = _random.Next(1, 3) },
                null),
        };
    }

    private T Pick<T>(IEnumerable<T> items) => items.ElementAt(_random.Next(items.Count()));

    private T Mostly<T>(T usual, T other) => _random.Next(6) == 0 ? other : usual;
}
