namespace Platform.Tests.Identity;

/// <summary>Where an identity server keeps its data: a fresh SQLite file, or a given PostgreSQL database.</summary>
public sealed class IdentityPlace : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("identity-").FullName;

    public IdentityPlace(string? connectionString = null)
    {
        Database = connectionString ?? $"sqlite:{Path.Combine(_folder, "identity.db")}";
    }

    public string Database { get; }

    public string KeyRing => Path.Combine(_folder, "ring");

    public string File(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
