using System.Diagnostics;
using Platform.Domain.Citizens;
using Platform.Load.Checking;
using Platform.Load.Faults.Ground;
using Platform.Load.Faults.Results;
using Platform.Load.Histories;
using Platform.Load.Open;
using Platform.Load.Open.Results;
using Platform.Load.Open.Work;
using Platform.Load.Stack;
using Platform.Silo.Storage;

namespace Platform.Load.Faults;

/// <summary>One fault under load: a calm beginning, the fault, the way back to full service, and then what the checker says of all of it.</summary>
internal sealed class FaultRun(ProvinceStack stack, Laboratory laboratory, Supervisor supervisor, FaultRunOptions options)
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan LongestLoad = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    public async Task<(FaultReport Report, History History)> Run(IFault fault, int turn, CancellationToken cancellation)
    {
        var hold = options.IsShort ? fault.Terms.HoldShort : fault.Terms.Hold;
        var site = new FaultSite(stack, laboratory, supervisor, hold);
        await fault.Prepare(site, cancellation);
        supervisor.TakeRestarts();
        FaultReport report;
        History history;
        var (load, target) = await Begin(fault, turn, cancellation);
        await using (load)
        {
            await Task.Delay(options.Lead, TimeProvider.System, cancellation);
            var (began, ended, isBack) = await Pass(fault, site, load, cancellation);
            var finished = load.Since(0);
            var result = await load.Stop();
            history = fault.Complete(result.History);

            // Connections from before the fault may be dead.
            await using var database = PlatformDatabase.Open(stack.Database);
            report = new FaultReport
            {
                Name = fault.Name,
                What = fault.What,
                Length = ended - began,
                Phase = result.Phases[0],
                LongestForCitizen = Waits.Longest(history),
                MayRefuse = hold + fault.Terms.MayRefuse,
                HidesEverything = fault.Terms.HidesEverything,
                FullServiceAfter = isBack ? LastFailure(finished, ended) : null,
                Restarts = [.. supervisor.TakeRestarts()],
                Check = await HistoryCheck.WithLedgers(history, database, citizen => PersonalId.Parse(target.Citizens[citizen]), cancellation),
            };
        }

        await fault.Restore(site, cancellation);
        return (report, history);
    }

    // The first token may be late on a machine that is still busy with what was before.
    private async Task<(LoadRun Load, LoadTarget Target)> Begin(IFault fault, int turn, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var target = fault.Target(await StackTarget.Of(stack, cancellation));
                return (await LoadRun.Start(target, Load(turn), cancellation), target);
            }
            catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (attempt == MostAttempts)
                {
                    throw new StackException($"No load could be put on the stack before {fault.Name}: the identity servers gave no token ({failed.Message})", failed);
                }
            }
        }
    }

    private LoadOptions Load(int turn) => new()
    {
        Rate = options.Rate,
        Length = LongestLoad,
        Seed = options.Seed + turn,
        Hot = options.Hot,
        Retry = true,
    };

    private async Task<(TimeSpan Began, TimeSpan Ended, bool IsBack)> Pass(IFault fault, FaultSite site, LoadRun load, CancellationToken cancellation)
    {
        using var phase = load.Phase(fault.Name);
        var began = load.Elapsed;
        await fault.Begin(site, cancellation);
        await Task.Delay(site.Hold, TimeProvider.System, cancellation);
        await fault.End(site, cancellation);
        var ended = load.Elapsed;
        return (began, ended, await IsBack(load, ended, cancellation));
    }

    // Full service: everything runs, and for a while nothing that was asked failed.
    private async Task<bool> IsBack(LoadRun load, TimeSpan ended, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        var calm = ended;
        var seen = load.Since(0).Length;
        while (waited.Elapsed < Patience)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellation);
            var latest = load.Since(seen);
            seen += latest.Length;
            if (!supervisor.AllRun || latest.Any(one => !IsFine(one)))
            {
                calm = load.Elapsed;
            }

            if (load.Elapsed - calm >= options.Calm && load.UnderWay < options.Rate)
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan LastFailure(IEnumerable<Finished> finished, TimeSpan ended) =>
        TimeSpan.FromMicroseconds(finished.Where(one => !IsFine(one)).Select(one => Math.Max(0, one.Ended - (long)ended.TotalMicroseconds)).DefaultIfEmpty().Max());

    private static bool IsFine(Finished one) => one.Done.Verdict == Verdict.Served;
}

/// <summary>What all faults of a run share.</summary>
internal sealed record FaultRunOptions
{
    public required int Seed { get; init; }

    /// <summary>Operations a second.</summary>
    public required double Rate { get; init; }

    public required bool IsShort { get; init; }

    /// <summary>Citizens that get most of the traffic, so that consents, withdrawals and questions meet.</summary>
    public int Hot { get; init; } = 60;

    /// <summary>Load before the fault begins.</summary>
    public TimeSpan Lead => TimeSpan.FromSeconds(IsShort ? 2 : 5);

    /// <summary>How long nothing may fail before service counts as full again.</summary>
    public TimeSpan Calm => TimeSpan.FromSeconds(IsShort ? 2 : 5);
}
