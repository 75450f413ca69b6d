using System.Globalization;
using System.Text;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Whoever changes the database behind the platform's back is found out.</summary>
public sealed class VerificationTests(PostgresServer postgres) : KernelTest(postgres)
{
    private const string Mine = "subject = @subject";
    private static readonly (string, object) Subject = ("subject", Person.Id(1).Reveal());

    [Theory, EachDatabase]
    public async Task An_untouched_province_has_no_findings(DatabaseKind kind)
    {
        var province = await Worked(kind);

        var report = await province.Verify();

        Assert.Empty(report.Findings);
        Assert.Equal((13, 4, 3), (report.Entries, report.Subjects, report.Records));
        Assert.NotEmpty(report.Anchors);
        Assert.Empty((await province.Verify(report.Anchors)).Findings);
    }

    [Theory, EachDatabase]
    public async Task A_changed_body_is_found(DatabaseKind kind) =>
        await Finds(kind, "entry.changed", province => province.Execute($"UPDATE ledger SET body = replace(body, 'permitted', 'denied') WHERE {Mine} AND seq = 2", Subject));

    [Theory, EachDatabase]
    public async Task A_changed_time_is_found(DatabaseKind kind) =>
        await Finds(kind, "entry.changed", province => province.Execute($"UPDATE ledger SET at = at + 1 WHERE {Mine} AND seq = 2", Subject));

    [Theory, EachDatabase]
    public async Task An_entry_removed_from_the_middle_is_found(DatabaseKind kind) =>
        await Finds(kind, "entry.removed", province => province.Execute($"DELETE FROM ledger WHERE {Mine} AND seq = 2", Subject));

    [Theory, EachDatabase]
    public async Task A_removed_last_entry_is_found(DatabaseKind kind) =>
        await Finds(kind, "batch.changed", province => province.Execute($"DELETE FROM ledger WHERE {Mine} AND seq = 4", Subject));

    [Theory, EachDatabase]
    public async Task Two_swapped_entries_are_found(DatabaseKind kind) => await Finds(kind, "entry.changed", async province =>
    {
        await province.Execute($"UPDATE ledger SET seq = -2 WHERE {Mine} AND seq = 2", Subject);
        await province.Execute($"UPDATE ledger SET seq = 2 WHERE {Mine} AND seq = 3", Subject);
        await province.Execute($"UPDATE ledger SET seq = 3 WHERE {Mine} AND seq = -2", Subject);
    });

    [Theory, EachDatabase]
    public async Task A_forked_entry_is_found_even_with_a_fitting_hash(DatabaseKind kind) => await Finds(kind, "entry.forked", async province =>
    {
        var entry = (await province.Ledger(Person.Id(1)))[3];
        var hash = LedgerEntry.ComputeHash(entry.Subject, entry.Seq, entry.Id, entry.Kind, entry.At, entry.Tag, entry.Body, new byte[32]);
        await province.Execute($"UPDATE ledger SET prev_hash = @prev, hash = @hash WHERE {Mine} AND seq = 4", Subject, ("prev", new byte[32]), ("hash", hash));
    });

    [Theory, EachDatabase]
    public async Task A_rewritten_last_entry_with_a_fitting_chain_is_found_by_its_batch(DatabaseKind kind) => await Finds(kind, "batch.changed", async province =>
    {
        var entry = (await province.Ledger(Person.Id(1)))[3];
        var hash = LedgerEntry.ComputeHash(entry.Subject, entry.Seq, entry.Id, entry.Kind, entry.At, entry.Tag, "{}", entry.PrevHash.Span);
        await province.Execute($"UPDATE ledger SET body = '{{}}', hash = @hash WHERE {Mine} AND seq = 4", Subject, ("hash", hash));
    });

    [Theory, EachDatabase]
    public async Task A_changed_record_is_found(DatabaseKind kind) =>
        await Finds(kind, "record.changed", province => ChangeRecord(province, state => state.Replace("24611", "24612", StringComparison.Ordinal)));

    [Theory, EachDatabase]
    public async Task A_changed_record_that_vouches_for_itself_is_found(DatabaseKind kind) => await Finds(kind, "record.changed", province => ChangeRecord(province, text =>
    {
        var state = DomainJson.Read<CitizenState>(text);
        var record = state.Record! with { Protected = true };
        var body = DomainJson.Read<ConsentBody>(state.Pending[0].Body) with { RecordDigest = record.Digest() };
        return DomainJson.Write(state with { Record = record, Pending = [state.Pending[0] with { Body = DomainJson.Write(body) }] });
    }));

    [Theory, EachDatabase]
    public async Task A_changed_request_for_consent_is_found(DatabaseKind kind) =>
        await Finds(kind, "requests.changed", province => ChangeRecord(province, state => state.Replace("\"dataLifeDays\":90,\"limit\":{\"count\":5", "\"dataLifeDays\":900,\"limit\":{\"count\":5", StringComparison.Ordinal)), Ask);

    [Theory, EachDatabase]
    public async Task A_planted_request_for_consent_is_found(DatabaseKind kind) => await Finds(kind, "requests.changed", province => ChangeRecord(province, text =>
    {
        var state = DomainJson.Read<CitizenState>(text);
        return DomainJson.Write(state with { Requests = state.Requests.Add(state.Requests[0] with { Id = Guid.CreateVersion7(), Note = "Bấm đồng ý." }) });
    }), Ask);

    [Theory, EachDatabase]
    public async Task A_removed_request_for_consent_is_found(DatabaseKind kind) => await Finds(kind, "requests.changed", province => ChangeRecord(
        province, text => DomainJson.Write(DomainJson.Read<CitizenState>(text) with { Requests = [] })), Ask);

    [Theory, EachDatabase]
    public async Task A_shown_presentation_made_new_again_is_found(DatabaseKind kind) => await Finds(kind, "presentations.changed", province => ChangeRecord(
        province, text => text.Replace("\"state\":\"shown\"", "\"state\":\"waiting\"", StringComparison.Ordinal)), Show);

    [Theory, EachDatabase]
    public async Task A_removed_presentation_is_found(DatabaseKind kind) => await Finds(kind, "presentations.changed", province => ChangeRecord(
        province, text => DomainJson.Write(DomainJson.Read<CitizenState>(text) with { Presentations = [] })), Show);

    [Theory, EachDatabase]
    public async Task Removed_requests_of_a_number_without_a_record_are_found(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var silo = await province.Start();
        await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"));
        Assert.Empty((await province.Verify()).Findings);
        Tampered = true;
        await province.Execute("DELETE FROM grain_state WHERE grain_key = @subject", Subject);

        Assert.Equal(["record.removed"], (await province.Verify()).Findings.Select(finding => finding.Code));
    }

    [Theory, EachDatabase]
    public async Task A_record_that_is_no_record_is_found(DatabaseKind kind) =>
        await Finds(kind, "record.changed", province => ChangeRecord(province, _ => "{"));

    [Theory, EachDatabase]
    public async Task A_removed_record_is_found(DatabaseKind kind) =>
        await Finds(kind, "record.removed", province => province.Execute("DELETE FROM grain_state WHERE grain_key = @subject", Subject));

    [Theory, EachDatabase]
    public async Task A_removed_batch_is_found(DatabaseKind kind) =>
        await Finds(kind, "batch.removed", province => province.Execute("DELETE FROM ledger_batch WHERE batch = 2 AND lane = (SELECT max(lane) FROM ledger_batch WHERE batch = 3)"));

    [Theory, EachDatabase]
    public async Task A_removed_last_batch_is_found_by_its_entries(DatabaseKind kind) => await Finds(
        kind, "batch.unsealed", async province => await province.Execute($"DELETE FROM ledger_batch WHERE {await LastBatch(province)}"));

    [Theory, EachDatabase]
    public async Task A_last_batch_removed_with_its_entries_is_found_by_an_anchor_kept_elsewhere(DatabaseKind kind)
    {
        var province = await Worked(kind);
        var anchors = (await province.Verify()).Anchors;
        Tampered = true;
        var last = await LastBatch(province);
        await province.Execute($"DELETE FROM ledger WHERE {last}");
        await province.Execute($"DELETE FROM ledger_batch WHERE {last}");

        Assert.DoesNotContain((await province.Verify()).Findings, finding => finding.Code.StartsWith("batch", StringComparison.Ordinal));
        Assert.Contains((await province.Verify(anchors)).Findings, finding => finding.Code == "anchor.missing");
    }

    [Theory, EachDatabase]
    public async Task A_change_that_waits_for_its_repair_is_no_finding(DatabaseKind kind)
    {
        var province = await Worked(kind);
        var silo = await province.Start();
        silo.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Self(Person.Id(2)).DecideConsent(Person.Grant("pending")));
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Sector(Person.Id(3)).RequestConsent(Person.Ask("pending")));

        Assert.Empty((await province.Verify()).Findings);
    }

    [Theory, EachDatabase]
    public async Task A_working_silo_is_no_finding(DatabaseKind kind)
    {
        var province = await Worked(kind);
        var silo = await province.Start();
        using var enough = new CancellationTokenSource();
        var working = Task.WhenAll(Enumerable.Range(1, 3).Select(citizen => Task.Run(async () =>
        {
            for (var round = 0; !enough.IsCancellationRequested; round++)
            {
                await silo.Sector(Person.Id(citizen)).Disclose(Person.Call());
                await silo.Self(Person.Id(citizen)).DecideConsent(Person.Grant($"work {round}") with { Granted = false });
                await province.Import(Person.Record((1000 * citizen) + round));
                var asked = await silo.Sector(Person.Id(citizen)).RequestConsent(Person.Ask($"ask {round}"));
                await silo.Sector(Person.Id(citizen)).CancelConsentRequest(Person.System, DomainJson.Read<ConsentRequest>(asked.Request!).Id);
            }
        })));

        try
        {
            for (var round = 0; round < 10; round++)
            {
                Assert.Empty((await province.Verify()).Findings);
            }
        }
        finally
        {
            await enough.CancelAsync();
            await working;
        }
    }

    /// <summary>Three citizens; the first one's ledger: imported, disclosure, granted, disclosure.</summary>
    private async Task<Province> Worked(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent()), Person.Record(2, Person.Consent()), Person.Record(3, Person.Consent()));
        var silo = await province.Start();
        for (var citizen = 1; citizen <= 3; citizen++)
        {
            await silo.Sector(Person.Id(citizen)).Disclose(Person.Call());
            await silo.Self(Person.Id(citizen)).DecideConsent(Person.Grant("key"));
            if (citizen < 3)
            {
                await silo.Sector(Person.Id(citizen)).Disclose(Person.Call());
            }
        }

        await silo.Stop();
        return province;
    }

    private static async Task Show(Province province)
    {
        var silo = await province.Start();
        var made = await silo.Self(Person.Id(1)).MakePresentation(Person.Present("show"));
        Assert.Null((await silo.Presentations.Show(PresentationTests.Attempt(made))).Refusal);
        await silo.Stop();
        Assert.Empty((await province.Verify()).Findings);
    }

    private static async Task Ask(Province province)
    {
        var silo = await province.Start();
        Assert.Null((await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"))).Refusal);
        await silo.Stop();
        Assert.Empty((await province.Verify()).Findings);
    }

    private async Task Finds(DatabaseKind kind, string code, Func<Province, Task> tamper, Func<Province, Task>? first = null)
    {
        var province = await Worked(kind);
        await (first?.Invoke(province) ?? Task.CompletedTask);
        Tampered = true;
        await tamper(province);

        var findings = (await province.Verify()).Findings;

        Assert.Contains(findings, finding => finding.Code == code);
        Assert.DoesNotContain(findings, finding => finding.Where.Contains(Person.Id(1).Reveal(), StringComparison.Ordinal));
    }

    private static async Task<string> LastBatch(Province province)
    {
        var lane = await province.Scalar("SELECT max(lane) FROM ledger_batch");
        var batch = await province.Scalar($"SELECT max(batch) FROM ledger_batch WHERE lane = {lane}");
        return string.Create(CultureInfo.InvariantCulture, $"lane = {lane} AND batch = {batch}");
    }

    private static async Task ChangeRecord(Province province, Func<string, string> change)
    {
        var payload = (byte[])(await province.Scalar("SELECT payload FROM grain_state WHERE grain_key = @subject", Subject))!;
        var changed = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(payload)));
        await province.Execute("UPDATE grain_state SET payload = @payload WHERE grain_key = @subject", Subject, ("payload", changed));
    }
}
