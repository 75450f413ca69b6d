using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Reports;
using Platform.Silo.Reports;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a citizen reports stands in the ledger, is read by officials who do not learn whose it is, and is answered once.</summary>
public sealed class ReportTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly ReportOfficial Officer = new() { PersonalId = Person.Id(901).Reveal(), Subject = "officer-1", Role = "one-stop-officer" };
    private static readonly ReportOfficial Colleague = Officer with { PersonalId = Person.Id(902).Reveal(), Subject = "officer-2" };

    private static readonly ReportCall Wrong = new()
    {
        OperationKey = "key",
        Kind = ReportKind.Correction,
        Attribute = "profile.birthDate",
        Text = "Tôi sinh năm 1986.\nGiấy khai sinh ghi thế.",
        Proposed = "1986-03-02",
    };

    [Theory, EachDatabase]
    public async Task A_report_goes_from_the_citizen_to_an_official_and_back_and_all_of_it_is_in_the_ledger(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);

        var opened = (await silo.Self(Person.Id(1)).OpenReport(Wrong)).Report!;
        var waiting = Assert.Single((await silo.Reports.GetOpen(10, null, Officer)).Items);
        var answered = await silo.Reports.Answer(Settle(opened.Id));

        Assert.Equal((opened.Id, Wrong.Text, Wrong.Proposed, "067*****0001"), (waiting.Report.Id, waiting.Report.Text, waiting.Report.Proposed, waiting.Masked));
        Assert.Equal(("profile.birthDate", "1985-03-02"), (waiting.Held[0].Path, waiting.Held[0].Text));
        var mine = Assert.Single(await silo.History(Person.Id(1)).GetReports());
        Assert.Equal(answered.Report, mine);
        Assert.Equal(("Đã sửa.", "one-stop-officer", ReportOutcome.Corrected), (mine.Reply!.Text, mine.Reply.Role, mine.Reply.Outcome));
        Assert.Empty((await silo.Reports.GetOpen(10, null, Officer)).Items);
        var entries = await province.Ledger(Person.Id(1));
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ReportOpened, LedgerKinds.ReportRead, LedgerKinds.ReportAnswered], entries.Select(entry => entry.Kind));
        Assert.All(entries.Skip(1), entry => Assert.Empty(entry.Tag));
        Assert.Contains("067*****0901", entries[2].Body, StringComparison.Ordinal);
        Assert.All(entries, entry => Assert.DoesNotContain(Officer.PersonalId, entry.Body, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task An_official_is_entered_once_however_often_the_queue_is_read_and_another_one_too(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await silo.Self(Person.Id(1)).OpenReport(Wrong);
        await silo.Self(Person.Id(1)).OpenReport(Wrong with { OperationKey = "other" });

        await silo.Reports.GetOpen(10, null, Officer);
        await silo.Reports.GetOpen(10, null, Officer);
        await silo.Stop();
        var restarted = await province.Start();
        await restarted.Reports.GetOpen(10, null, Officer);
        await restarted.Reports.GetOpen(10, null, Colleague);

        var reads = (await province.Ledger(Person.Id(1))).Where(entry => entry.Kind == LedgerKinds.ReportRead).Select(entry => DomainJson.Read<ReportReadBody>(entry.Body)).ToArray();
        Assert.Equal(["067*****0901", "067*****0901", "067*****0902", "067*****0902"], reads.Select(read => read.Official));
        Assert.Equal(4, reads.Select(read => read.Reader).Distinct().Count());
    }

    [Theory, EachDatabase]
    public async Task The_queue_is_paged_oldest_first_over_all_citizens_without_what_is_answered_and_without_ones_own(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.Import(Person.Record(2), Person.Record(901));
        var ids = new List<Guid>();
        for (var round = 0; round < 6; round++)
        {
            ids.Add((await silo.Self(Person.Id((round % 2) + 1)).OpenReport(Wrong with { OperationKey = $"{round}" })).Report!.Id);
        }

        await silo.Self(Person.Id(901)).OpenReport(Wrong);
        await silo.Reports.Answer(Settle(ids[1]));

        var first = await silo.Reports.GetOpen(3, null, Officer);
        var second = await silo.Reports.GetOpen(3, first.Next, Officer);

        Assert.Equal([ids[0], ids[2], ids[3]], first.Items.Select(item => item.Report.Id));
        Assert.Equal([ids[4], ids[5]], second.Items.Select(item => item.Report.Id));
        Assert.Null(second.Next);
        Assert.Equal(6, (await silo.Reports.GetOpen(100, null, Colleague)).Items.Length);
        Assert.Empty((await silo.Reports.GetOpen(100, Guid.CreateVersion7(), Colleague)).Items);
    }

    [Theory, EachDatabase]
    public async Task Repeating_opens_and_answers_once_and_other_content_under_the_same_key_is_refused(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var opened = await silo.Self(Person.Id(1)).OpenReport(Wrong);
        var answer = Settle(opened.Report!.Id);
        var answered = await silo.Reports.Answer(answer);
        await silo.Stop();
        var restarted = await province.Start();

        Assert.Equal(answered.Report, (await restarted.Self(Person.Id(1)).OpenReport(Wrong)).Report);
        Assert.Equal(answered, await restarted.Reports.Answer(answer));
        Assert.Equal(Refusals.OperationKeyReused, (await restarted.Self(Person.Id(1)).OpenReport(Wrong with { Proposed = null })).Refusal);
        foreach (var other in new[]
        {
            answer with { OperationKey = "b" }, answer with { Text = "Khác." }, answer with { Outcome = ReportOutcome.NotCorrected }, answer with { Official = Colleague },
        })
        {
            Assert.Equal(new ReportAnswer { Refusal = Refusals.ReportAnswered }, await restarted.Reports.Answer(other));
        }

        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ReportOpened, LedgerKinds.ReportAnswered], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task Of_officials_on_two_nodes_one_answers_and_the_others_are_told_so(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        TestSilo[] silos = [silo, await province.Start()];
        var report = (await silo.Self(Person.Id(1)).OpenReport(Wrong)).Report!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(
            () => Retry.Again(() => silos[caller % 2].Reports.Answer(Settle(report) with { OperationKey = $"{caller}" })))));

        Assert.Single(answers, answer => answer.Refusal is null);
        Assert.Equal(7, answers.Count(answer => answer.Refusal == Refusals.ReportAnswered));
        Assert.Single(await province.Kinds(Person.Id(1)), entry => entry == LedgerKinds.ReportAnswered);
    }

    [Theory, EachDatabase]
    public async Task A_question_about_an_access_shows_on_that_access_and_can_only_be_explained(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var call = Person.Call();
        await silo.Sector(Person.Id(1)).Disclose(call);
        var question = new ReportCall { OperationKey = "key", Kind = ReportKind.AccessQuestion, Access = call.Id, Text = "Vì sao?" };

        var report = (await silo.Self(Person.Id(1)).OpenReport(question)).Report!;

        Assert.Equal((call.Id, Person.System), (report.Access!.Id, report.Access.Source.Id));
        Assert.Equal(report.Id, (await silo.History(Person.Id(1)).FindAccess(call.Id))!.Asked);
        Assert.Equal(report.Id, (await silo.History(Person.Id(1)).GetAccesses(new AccessQuery { Count = 1 })).Entries[0].Asked);
        Assert.Empty((await silo.Reports.GetOpen(1, null, Officer)).Items[0].Held);
        Assert.Equal(Refusals.ReportOutcomeUnfit, (await silo.Reports.Answer(Settle(report.Id))).Refusal);
        Assert.Null((await silo.Reports.Answer(Settle(report.Id) with { Outcome = ReportOutcome.Explained })).Refusal);
    }

    [Theory, EachDatabase]
    public async Task What_is_not_there_or_not_allowed_is_refused_by_name_and_leaves_no_trace(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.Import(Person.Record(2));
        var foreign = Person.Call();
        await silo.Sector(Person.Id(2)).Disclose(foreign);
        var citizen = silo.Self(Person.Id(1));
        var question = Wrong with { Kind = ReportKind.AccessQuestion, Attribute = null };
        var document = Wrong with { Attribute = null, DocumentKind = "healthInsurance", DocumentNumber = Person.Card(1).Number };

        Assert.Equal(Refusals.ReportSubjectUnknown, (await citizen.OpenReport(Wrong with { Attribute = "profile.religion" })).Refusal);
        Assert.Equal(Refusals.ReportSubjectUnknown, (await citizen.OpenReport(Wrong with { Attribute = "no.such" })).Refusal);
        Assert.Equal(Refusals.ReportSubjectUnknown, (await citizen.OpenReport(document with { DocumentNumber = "other" })).Refusal);
        Assert.Equal(Refusals.ReportSubjectUnknown, (await citizen.OpenReport(question with { Access = foreign.Id })).Refusal);
        Assert.Equal(Refusals.ReportSubjectUnknown, (await citizen.OpenReport(question with { Access = (await province.Ledger(Person.Id(1)))[0].Id })).Refusal);
        Assert.Equal(Refusals.ReportSubjectAmbiguous, (await citizen.OpenReport(question)).Refusal);
        Assert.Equal(Refusals.ReportSubjectAmbiguous, (await citizen.OpenReport(document with { Attribute = Wrong.Attribute })).Refusal);
        Assert.Equal(Refusals.ReportSubjectAmbiguous, (await citizen.OpenReport(Wrong with { Kind = ReportKind.AccessQuestion })).Refusal);
        Assert.Equal(Refusals.CitizenUnknown, (await silo.Self(Person.Id(3)).OpenReport(Wrong)).Refusal);
        Assert.Equal(Refusals.ReportUnknown, (await silo.Reports.Answer(Settle(Guid.CreateVersion7()))).Refusal);
        Assert.Equal(Refusals.ReportUnknown, (await silo.Reports.Answer(Settle(foreign.Id))).Refusal);
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));

        var report = (await citizen.OpenReport(document)).Report!.Id;
        var own = Officer with { PersonalId = Person.Id(1).Reveal() };
        Assert.Equal(Refusals.ReportOwn, (await silo.Reports.Answer(Settle(report) with { Official = own })).Refusal);
        Assert.Contains(("document.healthInsurance.benefitLevel", "4"), (await silo.Reports.GetOpen(1, null, Officer)).Items[0].Held.Select(held => (held.Path, held.Text)));
    }

    [Fact]
    public async Task Twenty_may_be_open_and_an_answer_makes_room()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        var citizen = silo.Self(Person.Id(1));
        var first = (await citizen.OpenReport(Wrong)).Report!.Id;
        for (var round = 1; round < ReportTerms.MostOpen; round++)
        {
            Assert.Null((await citizen.OpenReport(Wrong with { OperationKey = $"{round}" })).Refusal);
        }

        Assert.Equal(Refusals.ReportsTooMany, (await citizen.OpenReport(Wrong with { OperationKey = "more" })).Refusal);
        Assert.Null((await citizen.OpenReport(Wrong)).Refusal);
        await silo.Reports.Answer(Settle(first));
        Assert.Null((await citizen.OpenReport(Wrong with { OperationKey = "more" })).Refusal);
    }

    [Fact]
    public async Task An_official_sees_no_personal_number_wherever_the_citizen_wrote_it()
    {
        var number = Person.Id(1).Reveal();
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1)
            .WithAttributes(Domain.Sharing.Some.From("population", 2), Domain.Sharing.Some.Values(("household.members", $"{number};{Person.Id(2).Reveal()}")))
            .WithDocument(Person.Card(1) with { Number = number }));
        var silo = await province.Start();
        var spoken = $"{number[..3]} {number[3..6]} {number[6..9]} {number[9..]}";
        await silo.Self(Person.Id(1)).OpenReport(Wrong with { Attribute = "household.members", Text = $"Số của tôi là {spoken}, không phải {number}.", Proposed = number });
        await silo.Self(Person.Id(1)).OpenReport(
            Wrong with { OperationKey = "2", Attribute = null, DocumentKind = "healthInsurance", DocumentNumber = number });

        var told = DomainJson.Write((await silo.Reports.GetOpen(10, null, Officer)).Items);

        Assert.DoesNotContain(number, told, StringComparison.Ordinal);
        Assert.DoesNotContain(spoken, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Id(2).Reveal(), told, StringComparison.Ordinal);
        Assert.Contains("Số của tôi là 067*****0001, không phải 067*****0001.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_entered_in_the_ledger_is_not_shown_to_an_official()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        await silo.Self(Person.Id(1)).OpenReport(Wrong);
        silo.Faults.Append = (_, _) => throw new IOException("broken");

        await Assert.ThrowsAsync<TryAgainException>(() => silo.Reports.GetOpen(10, null, Officer));

        silo.Faults.Append = null;
        Assert.Single((await Retry.Again(() => silo.Reports.GetOpen(10, null, Officer))).Items);
    }

    private static AnswerReportCall Settle(Guid report) =>
        new() { Report = report, OperationKey = "answer", Official = Officer, Text = "Đã sửa.", Outcome = ReportOutcome.Corrected };

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start());
    }
}
