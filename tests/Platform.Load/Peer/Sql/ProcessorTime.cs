using System.Globalization;

namespace Platform.Load.Peer.Sql;

/// <summary>Processor time that processes have used, from <c>/proc</c>: other programs on the machine take time away from a rate, but hardly change this.</summary>
internal static class ProcessorTime
{
    // The unit of /proc on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds used so far by a process itself.</summary>
    public static double Of(int process) => (Read(process)?.Own ?? 0) / TicksPerSecond;

    /// <summary>Seconds used so far by a process, its living children and those that it has outlived: a whole PostgreSQL server by its postmaster.</summary>
    public static double OfTree(int root)
    {
        var stats = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process > 0)
            .Select(Read)
            .OfType<Stat>()
            .ToLookup(stat => stat.Parent);
        return Read(root) is { } top ? (top.Own + top.Ended + stats[root].Sum(child => child.Own + child.Ended)) / TicksPerSecond : 0;
    }

    private static Stat? Read(int process)
    {
        try
        {
            // The name of a program may hold blanks and brackets; what follows it does not.
            var text = File.ReadAllText($"/proc/{process}/stat");
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int index) => long.Parse(words[index], CultureInfo.InvariantCulture);
            return new Stat((int)Number(1), Number(11) + Number(12), Number(13) + Number(14));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Stat(int Parent, long Own, long Ended);
}
