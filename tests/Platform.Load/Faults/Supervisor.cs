using System.Collections.Concurrent;
using Platform.Load.Stack;

namespace Platform.Load.Faults;

/// <summary>Starts again what has ended, as an operator's orchestrator does; leaves alone what a fault holds down.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ProvinceStack _stack;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<object, bool> _held = new();
    private readonly ConcurrentQueue<string> _restarts = new();
    private readonly Task[] _watches;

    public Supervisor(ProvinceStack stack)
    {
        _stack = stack;
        var watches = stack.Silos.Concat(stack.Apis).Concat(stack.Identities)
            .Select(process => Watch(process, process.Name, () => process.IsRunning, process.Start));
        _watches = [.. watches, Watch(stack.Postgres, "postgres", () => stack.Postgres.IsRunning, stack.Postgres.Start)];
    }

    /// <summary>Whether everything runs that should.</summary>
    public bool AllRun => _held.IsEmpty && _stack.Postgres.IsRunning && _stack.Silos.Concat(_stack.Apis).Concat(_stack.Identities).All(process => process.IsServing);

    /// <summary>Leaves a process or the database alone until it is released.</summary>
    public void Hold(object held) => _held[held] = true;

    public void Release(object held) => _held.TryRemove(held, out _);

    /// <summary>What was started again since this was last asked.</summary>
    public IReadOnlyList<string> TakeRestarts()
    {
        var taken = new List<string>();
        while (_restarts.TryDequeue(out var name))
        {
            taken.Add(name);
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watches);
        _stop.Dispose();
    }

    private async Task Watch(object watched, string name, Func<bool> runs, Func<CancellationToken, Task> start)
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested || _held.ContainsKey(watched) || runs())
            {
                continue;
            }

            _restarts.Enqueue(name);
            try
            {
                await start(_stop.Token);
            }
            catch (Exception failed) when (failed is StackException or OperationCanceledException or TimeoutException)
            {
                // It is tried again: what it needs may not be there yet.
            }
        }
    }
}
