namespace Platform.Load.Stack;

/// <summary>Where the parts of a stack stand: which addresses they have, which folder the database writes to, and in which namespaces they run.</summary>
internal interface IPlaces
{
    /// <summary>The address of the database, as silos reach it.</summary>
    string Database { get; }

    /// <summary>The address of a silo.</summary>
    string Silo(int number);

    /// <summary>What stands in front of the command that starts a silo.</summary>
    IReadOnlyList<string> AroundSilo(int number);

    /// <summary>What stands in front of the commands that make and start the database.</summary>
    IReadOnlyList<string> AroundDatabase { get; }

    /// <summary>The folder of the database's files, made and empty.</summary>
    Task<string> DatabaseFolder(string data, CancellationToken cancellation);

    /// <summary>Lets go of that folder, so that it can be deleted.</summary>
    Task LeaveFolder();
}

/// <summary>All on the loopback address of this machine, the database in the data folder.</summary>
internal sealed class ThisMachine : IPlaces
{
    public string Database => "127.0.0.1";

    public IReadOnlyList<string> AroundDatabase => [];

    public string Silo(int number) => Database;

    public IReadOnlyList<string> AroundSilo(int number) => [];

    public Task<string> DatabaseFolder(string data, CancellationToken cancellation)
    {
        var folder = Path.Combine(data, "postgres");
        Directory.CreateDirectory(folder);
        return Task.FromResult(folder);
    }

    public Task LeaveFolder() => Task.CompletedTask;
}
