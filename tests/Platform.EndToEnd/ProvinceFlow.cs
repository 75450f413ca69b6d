using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The promises of the platform, tried from outside on a running province; the databases differ, the promises do not.</summary>
internal static class ProvinceFlow
{
    /// <summary>A system whose example rests on the citizen's consent.</summary>
    private const string Consented = "electricity";

    public static async Task EverySystemGetsItsExample(ProvinceClient client)
    {
        var asked = 0;
        foreach (var system in client.Systems.Where(system => client.Example(system).ValueKind == JsonValueKind.Object))
        {
            var (status, body) = await client.Disclose(system);
            Assert.True(status == 200, $"{system}: {status} {body}");
            Assert.Equal("permitted", body.GetProperty("outcome").GetString());
            Assert.All(body.GetProperty("items").EnumerateArray(), item => Assert.False(string.IsNullOrEmpty(item.GetProperty("explanation").GetProperty("vi").GetString())));

            var (found, recorded) = await client.Send(HttpMethod.Get, $"v1/disclosures/{body.GetProperty("id").GetGuid()}", await client.Token(system));
            Assert.Equal(200, found);
            Assert.Equal("permitted", recorded.GetProperty("outcome").GetString());
            asked++;
        }

        Assert.True(asked >= 20, $"Only {asked} systems have an example.");
    }

    public static async Task AWithdrawnConsentRefusesTheNextRead(ProvinceClient client, PeopleIssuer people)
    {
        var subject = client.SubjectOf(Consented);
        var token = people.Citizen(subject);
        var (status, released) = await client.Disclose(Consented);
        Assert.Equal(200, status);
        var consents = released.GetProperty("items").EnumerateArray()
            .Where(item => item.TryGetProperty("consentId", out var id) && id.ValueKind == JsonValueKind.String)
            .Select(item => item.GetProperty("consentId").GetGuid())
            .ToHashSet();
        Assert.NotEmpty(consents);

        foreach (var consent in consents)
        {
            var (withdrawn, _) = await client.Send(HttpMethod.Delete, $"v1/me/consents/{consent}", token);
            Assert.Equal(200, withdrawn);
        }

        var (refused, denied) = await client.Disclose(Consented);
        Assert.Equal(403, refused);
        Assert.Equal("disclosure.denied", denied.GetProperty("code").GetString());
        Assert.Contains(denied.GetProperty("items").EnumerateArray(), item => item.GetProperty("reason").GetString() == "consent.withdrawn");
        Assert.All(denied.GetProperty("items").EnumerateArray(), item => Assert.True(item.GetProperty("remedies").GetArrayLength() > 0));

        var ledger = await LedgerChecks.Download(client, token);
        LedgerChecks.Verify(subject, ledger);
        var kinds = ledger.Select(entry => entry.GetProperty("kind").GetString()).ToArray();
        Assert.Equal("disclosure", kinds[^1]);
        Assert.Equal("consent.withdrawn", kinds[^2]);
        Assert.Contains(ledger, entry => entry.GetProperty("id").GetGuid() == released.GetProperty("id").GetGuid());
    }

    public static async Task AKilledProvinceHasEveryAnswerInItsLedger(PeopleIssuer people, string data, string? database, string verified)
    {
        const string System = "insurance";
        const int Enough = 40;
        var port = ProvinceProcess.FreeBasePort();
        IReadOnlyList<(Guid Id, string Hash)> answers;
        string subject;
        await using (var province = await ProvinceProcess.Start(data, port, people, database))
        {
            using var client = new ProvinceClient(province);
            subject = client.SubjectOf(System);
            var killed = new TaskCompletionSource();
            var count = 0;
            answers = await AskUntil(client, System, killed.Task, () =>
            {
                if (Interlocked.Increment(ref count) == Enough)
                {
                    province.Kill();
                    killed.TrySetResult();
                }
            });
            await province.Ended();
        }

        Assert.True(answers.Count >= Enough);
        await using var restarted = await ProvinceProcess.Start(data, port, people, database);
        using var again = new ProvinceClient(restarted);
        var (status, _) = await again.Disclose(System);
        Assert.Equal(200, status);
        var ledger = await LedgerChecks.Download(again, people.Citizen(subject));
        LedgerChecks.Verify(subject, ledger);
        var recorded = ledger.Select(entry => (entry.GetProperty("id").GetGuid(), entry.GetProperty("hash").GetString()!)).ToList();
        Assert.Equal(recorded.Count, recorded.Distinct().Count());
        Assert.All(answers, answer => Assert.Contains(answer, recorded));
        await restarted.Interrupt();

        var (exit, output) = await ProvinceProcess.Run("Platform.Silo", "verify-ledger", "--database", verified);
        Assert.True(exit == 0, output);
    }

    /// <summary>Asks from many callers until told to stop; gives the position and hash of every answer that came back.</summary>
    public static async Task<IReadOnlyList<(Guid Id, string Hash)>> AskUntil(ProvinceClient client, string system, Task stop, Action answered)
    {
        await client.Token(system);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var got = new List<(Guid, string)>();
            while (!stop.IsCompleted)
            {
                try
                {
                    var (status, body) = await client.Disclose(system);
                    if (status == 200)
                    {
                        got.Add((body.GetProperty("id").GetGuid(), body.GetProperty("ledger").GetProperty("hash").GetString()!));
                        answered();
                    }
                }
                catch (HttpRequestException)
                {
                    break;
                }
            }

            return got;
        }));
        return [.. answers.SelectMany(got => got)];
    }
}
