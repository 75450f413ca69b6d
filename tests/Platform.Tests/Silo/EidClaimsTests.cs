using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A relying party gets what the holder approved, after it stands in the citizen's ledger.</summary>
public sealed class EidClaimsTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly ImmutableArray<string> Every = IdentityClaims.All;
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task Approved_claims_are_given_after_an_entry_in_the_ledger(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind, "1985-03-02");
        Assert.Empty((await Release(account, session))!);
        Eid.Done(await account.ApproveClaims(session, "portal", ["name", "gender"]));

        var given = (await Release(account, session))!;

        Assert.Equal(new Dictionary<string, string> { ["name"] = "NGUYỄN THỊ HOA", ["gender"] = "female" }, given.ToDictionary());
        Assert.Empty((await Release(account, session, "other"))!);
        var entries = await province.Ledger(Person.Id(1));
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.IdentityReleased], entries.Select(entry => entry.Kind));
        var body = DomainJson.Read<IdentityBody>(entries[1].Body);
        Assert.Equal(("portal", "Cổng dịch vụ", "gender name"), (body.Client, body.ClientName, string.Join(' ', body.Claims)));
        Assert.Empty(entries[1].Tag);
        Assert.Empty((await province.Verify()).Findings);
    }

    [Theory]
    [InlineData("1985-03-02", "1985-03-02")]
    [InlineData("1985-03", "1985")]
    [InlineData("1985", "1985")]
    public async Task A_birth_date_is_whole_or_a_year(string kept, string told)
    {
        var (_, account, session) = await LoggedIn(DatabaseKind.Sqlite, kept);
        await account.ApproveClaims(session, "portal", Every);

        var given = (await Release(account, session))!;

        Assert.Equal(("NGUYỄN THỊ HOA", told, "female", Person.Id(1).Reveal()), (given["name"], given["birthdate"], given["gender"], given["personal_id"]));
    }

    [Theory, EachDatabase]
    public async Task Where_nothing_is_given_nothing_is_entered(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var account = await (await province.Start(_clock)).Account(Person.Id(9))
            .Open(Eid.Registration() with { Holder = EidHolder.Foreigner, TravelDocument = "C1234567" });
        var session = (await account.LogIn()).Id;
        await account.ApproveClaims(session, "portal", ["name", "birthdate"]);

        Assert.Empty((await Release(account, session))!);
        Assert.Empty(await province.Ledger(Person.Id(9)));
    }

    [Theory, EachDatabase]
    public async Task Only_known_claims_are_approved_each_once_and_in_a_living_session(DatabaseKind kind)
    {
        var (_, account, session) = await LoggedIn(kind, "1985-03-02");

        Assert.Equal(EidRefusals.RecordIncomplete, (await account.ApproveClaims(session, "portal", ["religion"])).Refusal);
        Assert.Equal(EidRefusals.RecordIncomplete, (await account.ApproveClaims(session, "portal", ["name", "name"])).Refusal);
        Assert.Equal(EidRefusals.SessionEnded, (await account.ApproveClaims("made up", "portal", ["name"])).Refusal);
        Assert.Empty(await account.GetApprovedClaims("portal"));
        Eid.Done(await account.ApproveClaims(session, "portal", Every));
        Eid.Done(await account.ApproveClaims(session, "portal", ["gender"]));
        Assert.Equal(["gender"], await account.GetApprovedClaims("portal"));
        Assert.Equal(["gender"], (await Release(account, session))!.Keys);
        Eid.Done(await account.ApproveClaims(session, "portal", []));
        Assert.Empty(await account.GetApprovedClaims("portal"));
        Assert.Empty((await Release(account, session))!);
        Assert.Null(await Release(account, "made up"));
    }

    [Theory, EachDatabase]
    public async Task An_approval_taken_back_counts_at_once_on_another_silo(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind, "1985-03-02");
        var other = (await province.Start(_clock)).Account(Person.Id(1));
        await account.ApproveClaims(session, "portal", Every);
        Assert.Equal(4, (await Retry.Again(() => Release(other, session)))!.Count);

        await Retry.Again(() => account.ApproveClaims(session, "portal", []));

        Assert.Empty((await Retry.Again(() => Release(other, session)))!);
        Assert.Empty(await Retry.Again(() => other.GetApprovedClaims("portal")));
    }

    [Theory, EachDatabase]
    public async Task Without_the_entry_nothing_is_given(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind, "1985-03-02");
        await account.ApproveClaims(session, "portal", Every);
        province.Silos[0].Faults.Append = (_, _) => throw new IOException("The power is out.");

        await Assert.ThrowsAsync<TryAgainException>(() => Release(account, session));
        Assert.Single(await province.Ledger(Person.Id(1)));
        province.Silos[0].Faults.Append = null;

        Assert.Equal(4, (await Retry.Again(() => Release(account, session)))!.Count);
    }

    [Theory, EachDatabase]
    public async Task A_hundred_relying_parties_are_remembered_the_newest(DatabaseKind kind)
    {
        var (_, account, session) = await LoggedIn(kind, "1985-03-02");
        for (var client = 0; client <= 100; client++)
        {
            Eid.Done(await account.ApproveClaims(session, $"client-{client}", ["name"]));
        }

        Assert.Empty(await account.GetApprovedClaims("client-0"));
        Assert.Equal(["name"], await account.GetApprovedClaims("client-1"));
        Assert.Equal(["name"], await account.GetApprovedClaims("client-100"));
    }

    private static Task<ImmutableDictionary<string, string>?> Release(IEidAccountGrain account, string session, string client = "portal") =>
        account.ReleaseClaims(new ReleaseClaimsCall { SessionId = session, ClientId = client, ClientName = "Cổng dịch vụ", Claims = Every });

    private async Task<(Province Province, IEidAccountGrain Account, string Session)> LoggedIn(DatabaseKind kind, string birthDate)
    {
        var province = await NewProvince(kind);
        await province.Import(Eid.Born(1, birthDate));
        var account = await (await province.Start(_clock)).Account(Person.Id(1)).Open();
        return (province, account, (await account.LogIn()).Id);
    }
}
