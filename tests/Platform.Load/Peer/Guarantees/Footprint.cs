using System.Globalization;
using System.Net.Http.Json;
using Platform.Load.Peer.Sql;

namespace Platform.Load.Peer.Guarantees;

/// <summary>What a citizen costs: memory while warm, and round trips to the database when cold.</summary>
internal sealed class Footprint(SideProvince province, RawRequest request, IReadOnlyList<string> numbers) : IDisposable
{
    private const int Callers = 16;
    private const int First = 500;
    private const int ColdOnes = 40;
    private readonly HttpClient _http = new();

    public async Task<string> Measure(CancellationToken cancellation)
    {
        // The first few bring in code, connections and buffers, which are not a citizen's.
        await Ask(0, First, cancellation);
        var trips = new List<long>();
        for (var cold = First; cold < First + ColdOnes; cold++)
        {
            var asked = (await Use(cancellation)).Commands;
            await Ask(cold, 1, cancellation);
            trips.Add((await Use(cancellation)).Commands - asked);
        }

        var before = await Use(cancellation);
        var rest = numbers.Count - First - ColdOnes;
        await Ask(First + ColdOnes, rest, cancellation);
        var after = await Use(cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rest} citizens warmed: heap {(after.Heap - before.Heap) / 1024.0 / rest:0.0} KiB each ({before.Heap / 1024 / 1024} to {after.Heap / 1024 / 1024} MiB), working set {(after.WorkingSet - before.WorkingSet) / 1024.0 / rest:0.0} KiB each; cold citizen: {trips.GroupBy(count => count).MaxBy(group => group.Count())!.Key} database round trips with the entry's own (least {trips.Min()}, most {trips.Max()}, of which a few are the silo's own business)");
    }

    public void Dispose() => _http.Dispose();

    private async Task Ask(int first, int count, CancellationToken cancellation)
    {
        var tally = await ClosedLoop.Sweep(province.Api, request, [.. numbers.Skip(first).Take(count)], Math.Min(Callers, count), cancellation);
        if (tally.Answers != count)
        {
            throw new InvalidOperationException($"{count - tally.Answers} of {count} requests were not answered; nothing was measured.");
        }
    }

    private async Task<SiloUse> Use(CancellationToken cancellation) =>
        (await _http.GetFromJsonAsync<SiloUse>(new Uri(province.Silo, SiloUse.Path), cancellation))!;
}
