using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What was shown is what was consented to, and it stands in the ledger word for word.</summary>
public sealed class EidConsentTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly ConsentProposal Proposal = new()
    {
        System = Person.System,
        Purpose = Person.Purpose,
        Targets = [Person.Name, "profile.birthDate"],
        Days = 30,
        DataLifeDays = 90,
        Language = "vi",
    };

    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task The_text_that_was_shown_is_kept_in_the_ledger_and_opens_what_it_says(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind);
        var wording = await account.DescribeConsent(Proposal);
        Assert.Equal((null, "dien-luc", "Điện lực tỉnh Đắk Nông"), (wording.Refusal, wording.Recipient, wording.RecipientName));
        Assert.Equal([Person.Name, "profile.birthDate"], wording.Targets.Select(target => target.Key));

        var answer = await account.DecideConsent(session, Call(wording) with { IdentityLevel = 1 });

        var consent = DomainJson.Read<Consent>(answer.Consent!);
        Assert.Equal((2, ConsentStatement.Hash(wording.Text)), (consent.Evidence.IdentityLevel, consent.Evidence.TextHash));
        var entry = (await province.Ledger(Person.Id(1)))[^1];
        Assert.Equal(wording.Text, DomainJson.Read<ConsentBody>(entry.Body).Text);
        Assert.Equal(Outcome.Permitted, (await province.Silos[0].Sector(Person.Id(1)).Disclose(Person.Call())).Outcome);
        Assert.Empty((await province.Verify()).Findings);
    }

    [Fact]
    public async Task The_text_and_the_end_of_a_proposal_are_those_of_its_own_moment_however_late_it_is_read()
    {
        var (_, account, _) = await LoggedIn(DatabaseKind.Sqlite);
        var asked = _clock.GetUtcNow();
        var first = await account.DescribeConsent(Proposal with { From = asked });
        _clock.Advance(TimeSpan.FromHours(20));

        var later = await account.DescribeConsent(Proposal with { From = asked });

        Assert.Equal((first.Text, asked.AddDays(30)), (later.Text, later.ValidTo));
        Assert.Contains($"đến {CivilTime.Day(later.ValidTo):dd/MM/yyyy}", later.Text, StringComparison.Ordinal);
        Assert.NotEqual(first.Text, (await account.DescribeConsent(Proposal)).Text);
    }

    [Theory, EachDatabase]
    public async Task A_tampered_text_in_the_ledger_is_found(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind);
        await account.DecideConsent(session, Call(await account.DescribeConsent(Proposal)));
        Tampered = true;

        Assert.Equal(1, await province.Execute("UPDATE ledger SET body = replace(body, 'tối đa 90 ngày', 'tối đa 900 ngày') WHERE kind = 'consent.granted'"));

        Assert.Equal(["entry.changed"], (await province.Verify()).Findings.Select(finding => finding.Code));
    }

    [Theory, EachDatabase]
    public async Task A_tampered_release_of_identity_is_found(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind);
        await account.ApproveClaims(session, "portal", ["name"]);
        await account.ReleaseClaims(new ReleaseClaimsCall { SessionId = session, ClientId = "portal", ClientName = "Portal", Claims = ["name"] });
        Tampered = true;

        Assert.Equal(1, await province.Execute("UPDATE ledger SET body = replace(body, 'portal', 'casino') WHERE kind = 'identity.released'"));

        Assert.Equal(["entry.changed"], (await province.Verify()).Findings.Select(finding => finding.Code));
    }

    [Theory, EachDatabase]
    public async Task A_consent_needs_a_living_session_of_level_2_and_the_text_of_its_hash(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind);
        var call = Call(await account.DescribeConsent(Proposal));
        var weak = (await account.LogIn()).Id;

        Assert.Equal(EidRefusals.SessionEnded, (await account.DecideConsent("made up", call)).Refusal);
        Assert.Equal(EidRefusals.LevelTooLow, (await account.DecideConsent(weak, call)).Refusal);
        Assert.Equal(Refusals.ConsentEvidenceMismatch, (await account.DecideConsent(session, call with { Text = call.Text + " " })).Refusal);
        var endless = new string('x', 20_001);
        Assert.Equal(
            Refusals.ConsentEvidenceMismatch,
            (await account.DecideConsent(session, call with { Text = endless, TextHash = ConsentStatement.Hash(endless) })).Refusal);
        await account.LowerLevel(Eid.Order);
        Assert.Equal(EidRefusals.LevelTooLow, (await account.DecideConsent(session, call)).Refusal);
        await account.RaiseLevel(Eid.Check(Person.Now));
        await account.EndSession(session, "logout");
        Assert.Equal(EidRefusals.SessionEnded, (await account.DecideConsent(session, call)).Refusal);
        Assert.Single(await province.Ledger(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_repeated_decision_is_one_and_a_refusal_is_kept_with_its_text_too(DatabaseKind kind)
    {
        var (province, account, session) = await LoggedIn(kind);
        var call = Call(await account.DescribeConsent(Proposal with { Language = "en" })) with { Granted = false, Language = "en" };

        var first = await account.DecideConsent(session, call);
        Assert.Equal(first, await account.DecideConsent(session, call));
        Assert.Equal(Refusals.OperationKeyReused, (await account.DecideConsent(session, call with { Text = null })).Refusal);

        var entry = Assert.Single(await province.Ledger(Person.Id(1)), entry => entry.Kind == LedgerKinds.ConsentRefused);
        Assert.StartsWith("Recipient: ", DomainJson.Read<ConsentBody>(entry.Body).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_that_breaks_a_rule_is_refused_by_name()
    {
        var (_, account, _) = await LoggedIn(DatabaseKind.Sqlite);
        (ConsentProposal Proposal, string Refusal)[] wrong =
        [
            (Proposal with { System = "casino" }, Refusals.SystemUnknown),
            (Proposal with { Purpose = "fun" }, Refusals.PurposeUnknown),
            (Proposal with { Targets = [] }, Refusals.ConsentTermsInvalid),
            (Proposal with { Targets = ["profile.shoeSize"] }, Refusals.ConsentTermsInvalid),
            (Proposal with { Targets = [Person.Name, Person.Name] }, Refusals.ConsentTermsInvalid),
            (Proposal with { Days = 0 }, Refusals.ConsentTermsInvalid),
            (Proposal with { Days = 3651 }, Refusals.ConsentTermsInvalid),
            (Proposal with { DataLifeDays = 0 }, Refusals.ConsentTermsInvalid),
            (Proposal with { DataLifeDays = 3651 }, Refusals.ConsentTermsInvalid),
        ];

        foreach (var (proposal, refusal) in wrong)
        {
            var answer = await account.DescribeConsent(proposal);
            Assert.Equal((refusal, ""), (answer.Refusal, answer.Text));
        }
    }

    private ConsentCall Call(ConsentProposalAnswer wording) => Person.Grant("key", _clock.GetUtcNow()) with
    {
        Targets = [.. wording.Targets.Select(target => target.Key)],
        TextVersion = wording.TextVersion,
        TextHash = ConsentStatement.Hash(wording.Text),
        Text = wording.Text,
    };

    private async Task<(Province Province, IEidAccountGrain Account, string Session)> LoggedIn(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var account = await (await province.Start(_clock)).Account(Person.Id(1)).Open();
        return (province, account, (await account.LogInWithPhone()).Id);
    }
}
