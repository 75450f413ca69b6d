using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Platform.Hosting;

namespace Platform.Portal;

/// <summary>Makes a key for a ring that all instances are given, in a file of its own.</summary>
public static class KeyRingCommand
{
    internal const string Application = "Platform.Portal";

    /// <summary>Longer than an instance keeps what it last read of the ring, so that all of them know a key before one of them uses it.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    /// <summary>Twice as long as between two renewals: a portal without a valid key lets nobody log in.</summary>
    static readonly TimeSpan Life = TimeSpan.FromDays(730);

    /// <summary>Adds a key to the folder: good at once if it is the first there, else in two days; it ends two years later.</summary>
    public static void Make(string folder, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        try
        {
            var directory = Directory.CreateDirectory(folder);
            var from = directory.EnumerateFiles("*.xml").Any() ? clock.GetUtcNow() + Ahead : clock.GetUtcNow();
            var services = new ServiceCollection();
            services.AddDataProtection().SetApplicationName(Application).PersistKeysToFileSystem(directory);
            using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IKeyManager>().CreateNewKey(from, from + Life);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException("The folder cannot be written: name another one.", fault);
        }
    }
}
