using System.Runtime.InteropServices;

namespace Platform.Load.Open;

/// <summary>Issues arrivals at their intended times and never waits for an answer.</summary>
internal sealed partial class Pacer(RunClock clock, Action<TimeSpan> pause)
{
    // The runtime sleeps in whole milliseconds, which would show in every latency; waking more often than this would cost the system under test its cores.
    private const long ShortestPause = 200;
    private const long LongestPause = 100_000;

    public static void Sleep(TimeSpan time)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Sleep((uint)time.TotalMicroseconds);
        }
        else
        {
            Thread.CurrentThread.Join(time);
        }
    }

    public void Run(IEnumerable<Arrival> arrivals, Action<Arrival> issue, CancellationToken stop)
    {
        foreach (var arrival in arrivals)
        {
            while (arrival.At - clock.Now is var left and > 0)
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                pause(TimeSpan.FromMicroseconds(Math.Clamp(left, ShortestPause, LongestPause)));
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }

            issue(arrival);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
