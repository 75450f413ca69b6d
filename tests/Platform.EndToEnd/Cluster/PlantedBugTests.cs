using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>A checker that finds nothing proves nothing: bugs are put into real silos, and each must be found within a minute of load.</summary>
public sealed class PlantedBugTests
{
    // The load program has more of them; these are one for each kind of promise, and each takes silos of its own.
    private static readonly string[] Bugs = ["NoAppendCheck", "DeletedRow", "UncountedUses", "StaleConsent", "None"];

    [Fact]
    public async Task Planted_bugs_are_found_and_nothing_without_one()
    {
        if (PostgresProcess.Find() is null)
        {
            Assert.Skip("The machine has no PostgreSQL of its own (initdb and pg_ctl): the load program starts one.");
        }

        var (exit, output) = await ProvinceProcess.Run("Platform.Load", TimeSpan.FromMinutes(15), ["planted", "--seconds", "5", "--only", .. Bugs]);

        Assert.True(exit == 0, output);
        Assert.All(Bugs, bug => Assert.Contains(output.Split('\n'), line => line.StartsWith(bug, StringComparison.Ordinal) && line.Contains(" as expected ", StringComparison.Ordinal)));
    }
}
