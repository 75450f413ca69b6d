using System.Collections.Concurrent;
using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>Sector systems that ask without a pause while something happens to the silos. Each tries once more after a fault, under the same key, as the API tells its clients to.</summary>
internal sealed class Callers(ProvinceClient client) : IDisposable
{
    private const int Shown = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _enough = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private Task[] _all = [];

    /// <summary>Hashes of the ledger entries that answers named: these must be found.</summary>
    public ConcurrentQueue<byte[]> Recorded { get; } = new();

    /// <summary>What one retry did not hide.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Lets every system begin that asks about somebody else than the ones before.</summary>
    public async Task Begin()
    {
        var systems = client.Systems.Where(system => client.Example(system).ValueKind == JsonValueKind.Object).DistinctBy(client.SubjectOf).ToArray();
        foreach (var system in systems)
        {
            await client.Token(system);
        }

        _all = [.. systems.Select(system => Task.Run(() => Ask(system)))];
    }

    /// <summary>Waits until every system has got so many more answers.</summary>
    public async Task Until(int answers)
    {
        var goals = _answers.ToDictionary(system => system.Key, system => system.Value + answers);
        using var patience = new CancellationTokenSource(Patience);
        while (_answers.Count < _all.Length || _answers.Any(system => system.Value < goals.GetValueOrDefault(system.Key, answers)))
        {
            Assert.False(patience.IsCancellationRequested, $"Some systems get no answer any more: {string.Join("; ", Failures.TakeLast(Shown))}");
            await Task.WhenAny([.. _all, Task.Delay(Look, TimeProvider.System)]).Unwrap();
        }
    }

    public async Task End()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_all).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _enough.Cancel();
        _enough.Dispose();
    }

    private async Task Ask(string system)
    {
        while (!_enough.IsCancellationRequested)
        {
            // In pieces, so that no twelve digits stand in a row: those would be refused as a personal number.
            var key = string.Join('-', Guid.NewGuid().ToString("N").Chunk(8).Select(piece => new string(piece)));
            if (await Once(system, key) is { } fault)
            {
                await Task.Delay(BeforeRetry, TimeProvider.System);
                if (await Once(system, key) is { } again)
                {
                    Failures.Enqueue($"{system}: {fault}, then {again}");
                }
            }

            await Task.Delay(Rest, TimeProvider.System);
        }
    }

    private async Task<string?> Once(string system, string key)
    {
        try
        {
            var (status, body) = await client.Send(HttpMethod.Post, "v1/disclosures", await client.Token(system), client.Example(system).GetRawText(), key);
            if (status != 200)
            {
                return $"{status} {(body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var code) ? code.GetString() : "")}";
            }

            Recorded.Enqueue(Convert.FromHexString(body.GetProperty("ledger").GetProperty("hash").GetString()!));
            _answers.AddOrUpdate(system, 1, (_, count) => count + 1);
            return null;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            return lost.GetType().Name;
        }
    }
}
