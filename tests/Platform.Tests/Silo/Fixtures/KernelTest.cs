using System.Text.RegularExpressions;
using Platform.Silo;
using Xunit;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>
/// What every test of the kernel ends with: no silo has logged a personal ID, and unless the test tampered with it, the ledger verifies.
/// </summary>
public abstract partial class KernelTest(PostgresServer postgres) : IAsyncLifetime
{
    private readonly List<Province> _provinces = [];
    private readonly List<string> _folders = [];

    /// <summary>Set by tests that damage the ledger on purpose.</summary>
    protected bool Tampered { get; set; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var province in _provinces)
        {
            await using (province)
            {
                foreach (var silo in province.Silos)
                {
                    await silo.Stop();
                    Assert.DoesNotContain(silo.Logs.Entries, entry => TwelveDigits().IsMatch(entry));
                }

                if (!Tampered)
                {
                    Assert.Empty((await province.Verify()).Findings);
                }
            }
        }

        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A folder of the test's own, which goes with it.</summary>
    private protected string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("platform-kernel-").FullName;
        _folders.Add(folder);
        return folder;
    }

    /// <summary>A database without any schema.</summary>
    private protected async Task<Province> EmptyProvince(DatabaseKind kind)
    {
        var province = await Province.Empty(kind, postgres);
        _provinces.Add(province);
        return province;
    }

    /// <summary>A database with schema and shipped rule book.</summary>
    private protected async Task<Province> NewProvince(DatabaseKind kind)
    {
        var province = await EmptyProvince(kind);
        await SiloHost.Prepare(province.Database);
        return province;
    }

    /// <summary>A backup of a database, restored: what it held at this moment.</summary>
    private protected async Task<Province> Restored(Province province)
    {
        var restored = await EmptyProvince(province.Kind);
        if (province.Kind == DatabaseKind.Postgres)
        {
            await postgres.Restore(province.Text, restored.Text);
        }
        else
        {
            await province.Execute("VACUUM INTO @file", ("file", restored.Text["sqlite:".Length..]));
        }

        return restored;
    }

    [GeneratedRegex("[0-9]{12}")]
    private static partial Regex TwelveDigits();
}
