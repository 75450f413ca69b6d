using System.Globalization;
using Platform.Load.Stack;

namespace Platform.Load.Faults.Ground;

/// <summary>A file system of the database's own in a file, which can be filled and slowed down.</summary>
internal sealed class Disk
{
    private const string Size = "3G";
    private const string FirstControl = "/sys/fs/cgroup/blkio";
    private const string SecondControl = "/sys/fs/cgroup";
    private const string Group = "platform-load-disk";

    private Disk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    private static bool IsFirst => File.Exists(Path.Combine(FirstControl, "cgroup.procs"));

    private static string Control => Path.Combine(IsFirst ? FirstControl : SecondControl, Group);

    /// <summary>What this machine lacks to slow a disk down, or null.</summary>
    public static string? MissingToSlow() =>
        IsFirst || (File.Exists(Path.Combine(SecondControl, "cgroup.controllers")) && File.ReadAllText(Path.Combine(SecondControl, "cgroup.controllers")).Contains("io", StringComparison.Ordinal))
            ? null
            : "a writable control group for block devices (blkio, or io of version 2)";

    public static async Task<Disk> Mount(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var image = folder + ".image";
        await Launcher.Run([], ["truncate", "-s", Size, image], "/", cancellation: cancellation);
        await Launcher.Run([], ["mkfs.ext4", "-q", "-m", "0", image], "/", cancellation: cancellation);
        await Launcher.Run([], ["mount", "-o", "loop", image, folder], "/", cancellation: cancellation);

        // The mount holds it; without a name it goes when the mount does.
        File.Delete(image);
        Directory.Delete(Path.Combine(folder, "lost+found"));
        return new Disk(folder);
    }

    /// <summary>Takes all the room there is.</summary>
    public async Task Fill(CancellationToken cancellation)
    {
        // What is left after the first turn is less than a file system gives at once.
        for (var left = new DriveInfo(Folder).AvailableFreeSpace; left > 0; left /= 2)
        {
            await Launcher.TryRun([], ["fallocate", "-o", Length(Ballast), "-l", left.ToString(CultureInfo.InvariantCulture), Ballast], "/", cancellation: cancellation);
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Ballast);

    /// <summary>Lets a process and its children write only so often a second.</summary>
    public async Task Slow(int process, int writes, CancellationToken cancellation)
    {
        var device = (await Launcher.Run([], ["findmnt", "-no", "MAJ:MIN", Folder], "/", cancellation: cancellation)).Trim();
        if (!IsFirst)
        {
            await File.WriteAllTextAsync(Path.Combine(SecondControl, "cgroup.subtree_control"), "+io", cancellation);
        }

        Directory.CreateDirectory(Control);
        var (file, limit) = IsFirst ? ("blkio.throttle.write_iops_device", $"{device} {writes}") : ("io.max", $"{device} wiops={writes}");
        await File.WriteAllTextAsync(Path.Combine(Control, file), limit, cancellation);
        var parent = process.ToString(CultureInfo.InvariantCulture);
        var children = await File.ReadAllTextAsync($"/proc/{parent}/task/{parent}/children", cancellation);
        foreach (var one in children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(parent))
        {
            await Move(one, Control);
        }
    }

    /// <summary>Takes the limit away.</summary>
    public static async Task Quicken()
    {
        foreach (var process in await File.ReadAllLinesAsync(Path.Combine(Control, "cgroup.procs")))
        {
            await Move(process, IsFirst ? FirstControl : SecondControl);
        }

        Directory.Delete(Control);
    }

    /// <summary>Unmounts it; with that it is gone.</summary>
    public async Task Leave()
    {
        if (Directory.Exists(Control))
        {
            await Quicken();
        }

        await Launcher.Run([], ["umount", Folder], "/");
    }

    // Some may have ended meanwhile.
    private static async Task Move(string process, string group)
    {
        try
        {
            await File.WriteAllTextAsync(Path.Combine(group, "cgroup.procs"), process);
        }
        catch (IOException)
        {
        }
    }

    private static string Length(string file) => (File.Exists(file) ? new FileInfo(file).Length : 0).ToString(CultureInfo.InvariantCulture);
}
