using System.Collections.Concurrent;
using System.Text;

namespace Platform.Load.Open;

/// <summary>The access tokens of the sector systems, renewed long before they expire; while there is none, requests are not sent and that is told.</summary>
internal sealed class SystemTokens(LoadTarget target, TimeProvider time) : IAsyncDisposable
{
    public const string None = "not sent: no token";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (ReadOnlyMemory<byte> Token, DateTimeOffset Until)> _tokens = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _renewals = [];
    private long _failures;

    /// <summary>Attempts to get a token that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Gets the first token of a system and keeps it fresh from then on.</summary>
    public async Task Keep(string system, CancellationToken cancellation)
    {
        await Renew(system, 0, cancellation);
        _renewals.Add(GoOn(system));
    }

    public ReadOnlyMemory<byte>? Get(string system) => _tokens.TryGetValue(system, out var kept) && kept.Until > time.GetUtcNow() ? kept.Token : null;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_renewals);
        _ended.Dispose();
    }

    private async Task GoOn(string system)
    {
        for (var identity = 1; !_ended.IsCancellationRequested; identity++)
        {
            var half = (_tokens[system].Until - time.GetUtcNow()) / 2;
            await Task.Delay(half > Pause ? half : Pause, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Renew(system, identity, _ended.Token);
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref _failures);
            }
        }
    }

    private async Task Renew(string system, int identity, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var (token, until) = await target.AskToken(system, identity % target.Identities, patience.Token);
        _tokens[system] = (Encoding.ASCII.GetBytes(token), until);
    }
}
