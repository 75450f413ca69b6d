using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Silo.Fixtures;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory once on each kind of database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow<DatabaseKind>(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
