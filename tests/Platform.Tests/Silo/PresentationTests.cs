using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Whoever has the code sees once what was chosen, and the ledger says so first.</summary>
public sealed class PresentationTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task What_was_chosen_is_shown_once_and_nothing_else(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var made = await Make(silo, "key");

        var shown = await silo.Presentations.Show(Attempt(made));

        Assert.Equal(("healthInsurance", DocumentState.Valid), (shown.Kind, shown.State));
        Assert.Equal(
            [(Person.Name, "NGUYỄN VĂN 1"), ("document.healthInsurance.validTo", "2026-12-31")], shown.Values.Select(value => (value.Path, value.Text)));
        Assert.Equal(Refusals.PresentationUsed, (await silo.Presentations.Show(Attempt(made))).Refusal);
        var held = Read(await silo.Self(Person.Id(1)).GetPresentation(Read(made).Id));
        Assert.Equal((PresentationState.Shown, shown.ShownAt), (held.State, held.EndedAt));
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.PresentationMade, LedgerKinds.PresentationShown], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task Neither_the_code_nor_the_key_is_stored_anywhere(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var made = await Make(silo, "a-key-that-nobody-guesses");
        await silo.Presentations.Show(Attempt(made));

        var state = System.Text.Encoding.UTF8.GetString((byte[])(await province.Scalar(
            "SELECT payload FROM grain_state WHERE grain_key = @key AND grain_type = 'record'", ("key", Person.Id(1).Reveal())))!);
        var stored = string.Concat((await province.Ledger(Person.Id(1))).Select(entry => entry.Body).Append(state));

        Assert.DoesNotContain(made.Code!, stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("a-key-that-nobody-guesses", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(
            PresentationCode.Hash(made.Code!), string.Concat((await province.Ledger(Person.Id(1))).Select(entry => entry.Body)), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_repeated_operation_gives_the_same_code_again_and_makes_one_presentation(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var first = await Make(silo, "key");
        await silo.Stop();
        var restarted = await province.Start();

        Assert.Equal(first, await restarted.Self(Person.Id(1)).MakePresentation(Person.Present("key")));
        Assert.Equal(Refusals.OperationKeyReused, (await restarted.Self(Person.Id(1)).MakePresentation(Person.Present("key", Person.Name))).Refusal);
        Assert.NotEqual(first.Code, (await Make(restarted, "other")).Code);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.PresentationMade, LedgerKinds.PresentationMade], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_code_that_has_expired_or_was_taken_back_is_answered_like_one_that_never_was(DatabaseKind kind)
    {
        var clock = Clock.MidMonth();
        var (province, silo) = await OneCitizen(kind, clock);
        var (withdrawn, expired) = (await Make(silo, "a"), await Make(silo, "b"));
        Assert.Equal(PresentationState.Withdrawn, Read(await silo.Self(Person.Id(1)).WithdrawPresentation(Read(withdrawn).Id)).State);
        var never = await silo.Presentations.Show(new ShowCall { CodeHash = PresentationCode.Hash("0123456789ABCDEFGHJKMNPQRS"), Attempt = Guid.CreateVersion7() });
        clock.Advance(TimeSpan.FromMinutes(3));
        await silo.Lease.Renew();

        Assert.Equal(Refusals.PresentationUnknown, never.Refusal);
        Assert.Equal(never, await silo.Presentations.Show(Attempt(withdrawn)) with { Values = never.Values });
        Assert.Equal(never, await silo.Presentations.Show(Attempt(expired)) with { Values = never.Values });
        Assert.Equal(PresentationState.Expired, Read(await silo.Self(Person.Id(1)).WithdrawPresentation(Read(expired).Id)).State);
        Assert.Equal(Refusals.PresentationUnknown, (await silo.Self(Person.Id(1)).GetPresentation(Guid.CreateVersion7())).Refusal);
        Assert.DoesNotContain(LedgerKinds.PresentationShown, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task The_state_of_the_document_is_that_of_the_moment_it_is_shown(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var made = await Make(silo, "key");
        await silo.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2) with { IssuerState = DocumentState.Revoked }));

        Assert.Equal(DocumentState.Revoked, (await silo.Presentations.Show(Attempt(made))).State);
    }

    [Theory, EachDatabase]
    public async Task What_cannot_be_shown_is_refused_by_name(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.Import(Person.Record(2) with { Status = CitizenStatus.Deceased });
        var self = silo.Self(Person.Id(1));

        Assert.Equal(Refusals.PresentationDocumentUnknown, (await self.MakePresentation(Person.Present("a") with { Number = "1" })).Refusal);
        Assert.Equal(Refusals.PresentationAttributesInvalid, (await self.MakePresentation(Person.Present("b", "profile.religion"))).Refusal);
        Assert.Equal(Refusals.PresentationAttributesInvalid, (await self.MakePresentation(Person.Present("c", "document.drivingLicence.class"))).Refusal);
        Assert.Equal(Refusals.PresentationAttributesInvalid, (await self.MakePresentation(Person.Present("d", Person.Name, Person.Name))).Refusal);
        Assert.Equal(Refusals.PresentationAttributesInvalid, (await self.MakePresentation(Person.Present("e") with { Attributes = [] })).Refusal);
        Assert.Equal(Refusals.PresentationAttributesInvalid, (await self.MakePresentation(Person.Present("f") with { Minutes = 6 })).Refusal);
        Assert.Equal(Refusals.CitizenInactive, (await silo.Self(Person.Id(2)).MakePresentation(Person.Present("g"))).Refusal);
        Assert.Equal(Refusals.CitizenUnknown, (await silo.Self(Person.Id(3)).MakePresentation(Person.Present("h"))).Refusal);
        for (var open = 0; open < HeldPresentation.MostWaiting; open++)
        {
            await Make(silo, $"open {open}");
        }

        Assert.Equal(Refusals.PresentationsTooMany, (await self.MakePresentation(Person.Present("i"))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_lock_of_the_account_ends_waiting_codes_for_good(DatabaseKind kind)
    {
        var clock = Clock.MidMonth();
        var (province, silo) = await OneCitizen(kind, clock);
        var account = await silo.Account(Person.Id(1)).Open();
        var made = await Make(silo, "key");

        Eid.Done(await account.Lock(Eid.Holder));
        Assert.Equal(Refusals.PresentationUnknown, (await silo.Presentations.Show(Attempt(made))).Refusal);
        Eid.Done(await account.Unlock(Eid.Holder));

        Assert.Equal(Refusals.PresentationUnknown, (await silo.Presentations.Show(Attempt(made))).Refusal);
        Assert.Equal(PresentationState.Withdrawn, Read(await silo.Self(Person.Id(1)).GetPresentation(Read(made).Id)).State);
        Assert.DoesNotContain(LedgerKinds.PresentationShown, await province.Kinds(Person.Id(1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await silo.Presentations.Show(Attempt(await Make(silo, "later")))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_shown_presentation_is_an_access_that_the_citizen_finds(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var made = await Make(silo, "key");
        await silo.Presentations.Show(Attempt(made));

        var history = silo.Grain<ICitizenHistory>(Person.Id(1).Reveal());
        var source = new AccessSource { Kind = AccessKind.PresentationShown, Id = "" };
        var access = Assert.Single((await history.GetAccesses(new AccessQuery { Count = 10, Sources = [source] })).Entries);

        Assert.Equal((source, PresentationCode.ShownEntry(Read(made).Id)), (access.Source, access.Id));
        Assert.Equal([Person.Name, "document.healthInsurance.validTo"], access.Shown);
        Assert.Equal((source, 1), ((await history.CountAccesses()) is [var tally] ? (tally.Source, tally.Count) : default));
    }

    internal static ShowCall Attempt(PresentationAnswer made) => new() { CodeHash = PresentationCode.Hash(made.Code!), Attempt = Guid.CreateVersion7() };

    internal static DocumentPresentation Read(PresentationAnswer answer)
    {
        Assert.Null(answer.Refusal);
        return DomainJson.Read<DocumentPresentation>(answer.Presentation!);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind, TimeProvider? clock = null)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1).WithDocument(Person.Card(1) with { ValidTo = new DateOnly(2026, 12, 31) }));
        return (province, await province.Start(clock));
    }

    private static async Task<PresentationAnswer> Make(TestSilo silo, string key)
    {
        var made = await silo.Self(Person.Id(1)).MakePresentation(Person.Present(key));
        Assert.Null(made.Refusal);
        return made;
    }
}
