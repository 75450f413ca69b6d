namespace Platform.Tests.Silo.Fixtures;

/// <summary>A PostgreSQL server that can be stopped and started again on the same address.</summary>
public interface IPostgres : IAsyncDisposable
{
    /// <summary>Connection string to its maintenance database.</summary>
    string ConnectionString { get; }

    Task Start();

    Task Stop();

    /// <summary>Dumps one of its databases and restores the dump into another, empty one, with the tools that operators use.</summary>
    Task Restore(string dumped, string into);
}
