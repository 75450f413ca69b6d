using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>Several citizens' lives side by side.</summary>
internal sealed class Lived : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CitizenLife[] _lives;
    private readonly CancellationTokenSource _enough = new();
    private readonly Task[] _all;
    private TaskCompletionSource _round = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Lived(CitizenLife[] lives)
    {
        _lives = lives;
        _all = [.. lives.Select(life => Task.Run(() => life.Live(Ended)))];
    }

    public IEnumerable<string> Failures => _lives.SelectMany(life => life.Failures);

    /// <summary>Waits until everybody has lived through so many more rounds.</summary>
    public async Task Until(int rounds)
    {
        var goals = _lives.Select(life => life.Rounds + rounds).ToArray();
        while (_lives.Zip(goals).Any(pair => pair.First.Rounds < pair.Second))
        {
            var next = Volatile.Read(ref _round);
            await await Task.WhenAny([.. _all, next.Task]).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets everybody finish the round, and finds all that was acknowledged.</summary>
    public async Task End()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_all).WaitAsync(Patience, TestContext.Current.CancellationToken);
        foreach (var life in _lives)
        {
            Assert.Empty(await life.Missing());
        }
    }

    public void Dispose()
    {
        _enough.Cancel();
        _enough.Dispose();
        foreach (var life in _lives)
        {
            life.Dispose();
        }
    }

    private bool Ended()
    {
        Interlocked.Exchange(ref _round, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return _enough.IsCancellationRequested;
    }
}
