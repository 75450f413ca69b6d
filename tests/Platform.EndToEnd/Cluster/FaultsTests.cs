using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>Not beside the other tests: what is killed and cut here has to come back while there is load.</summary>
[CollectionDefinition(nameof(FaultsTests), DisableParallelization = true)]
public sealed class FaultsAlone;

/// <summary>The short run of the load program's faults, as an operator starts it: what it did is looked at too, so that it cannot pass by doing nothing.</summary>
[Collection(nameof(FaultsTests))]
public sealed class FaultsTests
{
    private const int Good = 0;
    private const int NotGood = 1;
    private const int CannotRun = 78;
    private const int FewestAsked = 40;
    private static readonly string[] Telling = ["silo-killed", "database-killed", "split-brain", "requests-repeated", "rolling-restart"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Whatever_fails_under_load_nothing_acknowledged_is_lost_nothing_leaks_and_every_ledger_verifies()
    {
        var file = Path.Combine(ProvinceProcess.Folder, $"{Guid.NewGuid():N}.json");

        var (exit, output) = await ProvinceProcess.Run("Platform.Load", Patience, "faults", "--short", "--rate", "30", "--save", file);

        Assert.SkipUnless(exit != CannotRun || Environment.GetEnvironmentVariable("CI") == "true", output);
        Assert.True(exit is Good or NotGood, output);

        // How long people waited is for the load program to say, on a machine of its own; here it says how busy the machine was.
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var faults = report.RootElement.GetProperty("faults").EnumerateArray().ToArray();
        Assert.Equal(Telling, faults.Select(fault => fault.GetProperty("name").GetString()));
        Assert.Empty(report.RootElement.GetProperty("skipped").EnumerateArray());
        Assert.True(report.RootElement.GetProperty("ledgersVerify").GetBoolean());
        Assert.All(faults, fault =>
        {
            var check = fault.GetProperty("check");
            Assert.True(check.GetProperty("violations").GetArrayLength() == 0, output);
            Assert.Empty(check.GetProperty("undecided").EnumerateArray());
            Assert.InRange(check.GetProperty("operations").GetInt32(), FewestAsked, int.MaxValue);
            Assert.InRange(check.GetProperty("entries").GetInt32(), FewestAsked, int.MaxValue);
            Assert.True(fault.GetProperty("fullServiceAfter").ValueKind != JsonValueKind.Null, output);
            Assert.True(!fault.GetProperty("hidesEverything").GetBoolean() || fault.GetProperty("phase").GetProperty("failed").GetInt32() == 0, output);
        });
    }

    [Fact]
    public async Task A_fault_that_does_not_exist_is_refused_with_the_names_of_those_that_do()
    {
        var (exit, output) = await ProvinceProcess.Run("Platform.Load", "faults", "--only", "earthquake");

        Assert.Equal(2, exit);
        Assert.Contains("silo-killed", output, StringComparison.Ordinal);
    }
}
