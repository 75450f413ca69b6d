using Xunit;

namespace Platform.Tests.Api;

/// <summary>One server for the many tests of a class that need no settings of their own; its limits are out of reach.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal ApiServer Api { get; private set; } = null!;

    /// <summary>The server with grains that know nothing of earlier tests.</summary>
    internal ApiServer Fresh()
    {
        Api.Grains.Forget();
        return Api;
    }

    public async ValueTask InitializeAsync() => Api = await ApiServer.Start(
        ("Api:Limits:FailuresPerMinute", "1000000"), ("Api:Limits:PersonBurst", "1000000"), ("Api:Limits:SystemBurst", "1000000"));

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
