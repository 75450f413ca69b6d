using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Identity.Sessions;
using Platform.Tests.Api;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>Silos cancel calls that they find no place for in time, as they do when one of them dies.</summary>
public sealed class CancelledCallTests
{
    private const int Rounds = 3;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_call_that_silos_cancel_does_not_end_the_service_that_made_it_and_with_it_the_server()
    {
        var clock = new FakeTimeProvider();
        var grains = new FakeGrains().On<IEidLogouts, ImmutableArray<LogoutNotice>>(
            nameof(IEidLogouts.Take), _ => throw new OperationCanceledException("Message expired before placement could complete."));
        using var http = new HttpClient();
        using var service = new BackChannelLogout(grains.Factory, null!, null!, http, null!, clock, NullLogger<BackChannelLogout>.Instance);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        await service.StartAsync(patience.Token);
        while (grains.Calls.Count < Rounds)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(Round);
            await Task.Yield();
        }

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(patience.Token);
    }
}
