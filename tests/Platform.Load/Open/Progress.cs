using System.Globalization;
using Platform.Load.Open.Results;

namespace Platform.Load.Open;

/// <summary>Says every few seconds how a run goes: one line that is written over on a terminal, plain lines where the output goes elsewhere.</summary>
internal static class Progress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Goes on until the schedule is through.</summary>
    public static async Task Show(LoadRun run)
    {
        for (int from = 0; !run.Through.IsCompleted;)
        {
            await Task.WhenAny(run.Through, Task.Delay(Pause, TimeProvider.System));
            var latest = run.Since(from);
            from += latest.Length;
            Write(Line(run.Elapsed, run.UnderWay, WorkloadSummary.Of("latest", latest, Pause)));
        }

        if (!Console.IsOutputRedirected)
        {
            Console.WriteLine();
        }
    }

    private static string Line(TimeSpan elapsed, int underWay, WorkloadSummary latest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{elapsed.TotalSeconds,5:0} s: {latest.AnsweredPerSecond,6:0}/s answered, {latest.Failed} failed, {latest.Hidden} hidden by a retry, {latest.Asked - latest.Sent} not sent; p50 {latest.Latency.P50:0.0} ms, p99 {latest.Latency.P99:0.0} ms, {underWay} under way");

    private static void Write(string line)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(line);
        }
        else
        {
            Console.Write($"\r{line}\u001b[K");
        }
    }
}
