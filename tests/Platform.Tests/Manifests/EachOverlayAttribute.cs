using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Manifests;

/// <summary>Runs a theory on every overlay.</summary>
public sealed class EachOverlayAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<string>("local"), new TheoryDataRow<string>("production")]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
