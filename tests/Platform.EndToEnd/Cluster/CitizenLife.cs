using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Domain.Citizens;

namespace Platform.EndToEnd.Cluster;

/// <summary>
/// One citizen who consents, is asked about, withdraws and is asked about again, over and over: after every acknowledged step it is known what the next
/// answer must be, whatever happens to the silos.
/// </summary>
internal sealed class CitizenLife(Cluster cluster, PeopleIssuer issuer, PersonalId citizen) : IDisposable
{
    private const string Ask = """{ "subject": { "personalId": "@" }, "purpose": "electricity.contract", "attributes": ["profile.fullName"] }""";

    // Who asked again at once would leave nothing of the machine to the silos that start meanwhile.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly string _system = issuer.System("electricity");
    private readonly string _person = issuer.Citizen(citizen.Reveal());
    private int _turn;

    /// <summary>Rounds that were lived through.</summary>
    public int Rounds { get; private set; }

    /// <summary>Ledger entries that answers named: these must be found.</summary>
    public List<(Guid Id, string Hash)> Recorded { get; } = [];

    /// <summary>Consents that were acknowledged, and then withdrawn: the ledger must tell both, once.</summary>
    public List<Guid> Consents { get; } = [];

    /// <summary>Attempts that got no answer.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public async Task Live(Func<bool> enough)
    {
        while (!enough())
        {
            var consent = (await Step(HttpMethod.Post, "v1/me/consents", _person, Grant(), 200)).GetProperty("id").GetGuid();
            Consents.Add(consent);
            Remember(await Step(HttpMethod.Post, "v1/disclosures", _system, Ask.Replace("@", citizen.Reveal(), StringComparison.Ordinal), 200));
            await Step(HttpMethod.Delete, $"v1/me/consents/{consent}", _person, null, 200);
            Remember(await Step(HttpMethod.Post, "v1/disclosures", _system, Ask.Replace("@", citizen.Reveal(), StringComparison.Ordinal), 403));
            Rounds++;
            await Task.Delay(Rest, TimeProvider.System);
        }
    }

    /// <summary>What of all that was acknowledged the citizen's ledger does not have, or has twice.</summary>
    public async Task<IEnumerable<string>> Missing()
    {
        var answers = new HashSet<(Guid, string)>();
        var changes = new List<string>();
        for (long after = 0, head = 1; after < head;)
        {
            var page = await Step(HttpMethod.Get, $"v1/me/ledger?after={after}&count=500", _person, null, 200);
            head = page.GetProperty("headSeq").GetInt64();
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                after = entry.GetProperty("seq").GetInt64();
                answers.Add((entry.GetProperty("id").GetGuid(), entry.GetProperty("hash").GetString()!));
                if (entry.GetProperty("kind").GetString() is ("consent.granted" or "consent.withdrawn") and { } kind)
                {
                    using var body = JsonDocument.Parse(entry.GetProperty("body").GetString()!);
                    changes.Add($"{kind} {body.RootElement.GetProperty("consent").GetProperty("id").GetGuid()}");
                }
            }
        }

        var acknowledged = Consents.SelectMany(consent => new[] { $"consent.granted {consent}", $"consent.withdrawn {consent}" });
        return acknowledged.Order().SequenceEqual(changes.Order())
            ? Recorded.Where(answer => !answers.Contains(answer)).Select(answer => $"disclosure {answer.Id}")
            : acknowledged.Except(changes).Concat(changes.Except(acknowledged)).Concat(changes.GroupBy(change => change).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    public void Dispose() => _http.Dispose();

    private static string Grant() => $$"""
        {
          "recipient": "dien-luc", "purpose": "electricity.contract", "targets": ["profile.fullName"], "granted": true,
          "validTo": "{{TimeProvider.System.GetUtcNow().AddDays(30):O}}", "dataLifeDays": 30,
          "evidence": { "channel": "portal", "textVersion": "1", "language": "vi", "textHash": "{{new string('a', 64)}}" }
        }
        """;

    private void Remember(JsonElement answer) =>
        Recorded.Add((answer.GetProperty("id").GetGuid(), answer.GetProperty("ledger").GetProperty("hash").GetString()!));

    // A step is repeated until it is answered, as a client does that was told to come back.
    private async Task<JsonElement> Step(HttpMethod method, string path, string token, string? body, int expected)
    {
        // In pieces, so that no twelve digits stand in a row: those would be refused as a personal number.
        var key = string.Join('-', Guid.NewGuid().ToString("N").Chunk(8).Select(piece => new string(piece)));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, cluster.Apis[_turn++ % cluster.Apis.Count] + path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Headers.Add("Idempotency-Key", key);
                request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var status = (int)answer.StatusCode;
                if (status < 500)
                {
                    return status == expected
                        ? JsonElement.Parse(text)
                        : throw new InvalidOperationException($"{method} {Place(path)}: {status} {Code(text)} instead of {expected}");
                }

                Failures.Enqueue($"{method} {Place(path)}: {status} {Code(text)} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, Retry-After {answer.Headers.RetryAfter}");
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
            {
                Failures.Enqueue($"{method} {Place(path)}: {lost.GetType().Name}");
            }
        }
    }

    private static string? Code(string text) =>
        JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static string Place(string path) => string.Join('/', path.Split('?')[0].Split('/').Take(3));
}
