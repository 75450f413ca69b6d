using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Api;
using Platform.Api.Problems;
using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>What is made again, how often, and that no request waits longer than its deadline.</summary>
public sealed class AgainTests
{
    readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.Zero };
    readonly ApiOptions _options = new();
    int _calls;

    [Fact]
    public async Task A_silo_that_left_is_hidden_from_the_caller()
    {
        Assert.Equal("answer", await Run(() => _calls < 4 ? throw new SiloUnavailableException() : "answer"));

        Assert.Equal(4, _calls);
    }

    [Fact]
    public async Task A_cluster_that_stays_away_is_given_up_at_the_deadline()
    {
        var started = _clock.GetTimestamp();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(() => throw new SiloUnavailableException()));

        Assert.InRange(_clock.GetElapsedTime(started), TimeSpan.Zero, _options.Deadline);
        Assert.InRange(_calls, 8, 30);
    }

    [Fact]
    public async Task A_call_that_never_answers_ends_with_the_deadline()
    {
        var started = _clock.GetTimestamp();

        await Assert.ThrowsAsync<TimeoutException>(() => Drive(Make().Call(() => new TaskCompletionSource<string>().Task)));

        Assert.InRange(_clock.GetElapsedTime(started), _options.Deadline, _options.Deadline + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task All_calls_of_one_request_share_its_deadline()
    {
        var again = Make();
        _clock.Advance(_options.Deadline);

        await Assert.ThrowsAsync<TimeoutException>(() => again.Call(() => Task.FromResult(++_calls)));

        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task What_was_not_answered_is_asked_once_more_only()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Run(() => throw new TimeoutException()));

        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task What_ran_out_of_time_before_a_silo_took_it_up_is_asked_once_more_only()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(() => throw new OperationCanceledException("Message expired")));

        Assert.Equal(2, _calls);
    }

    public static TheoryData<Exception> Final =>
    [
        new GatewayTooBusyException(),
        new LimitExceededException(),
        new TryAgainException(TryAgainException.LedgerBusy, "x"),
        new TryAgainException(TryAgainException.LedgerUnavailable, "x"),
        new TryAgainException(TryAgainException.RulesUnconfirmed, "x"),
        new InvalidOperationException(),
    ];

    [Theory, MemberData(nameof(Final))]
    public async Task What_is_overloaded_or_broken_is_not_asked_again(Exception fault)
    {
        await Assert.ThrowsAsync(fault.GetType(), () => Run(() => throw fault));

        Assert.Equal(1, _calls);
    }

    Again Make() => new(Options.Create(_options), _clock);

    Task<string> Run(Func<string> answer) => Drive(Make().Call(() =>
    {
        _calls++;
        try
        {
            return Task.FromResult(answer());
        }
        catch (Exception fault)
        {
            return Task.FromException<string>(fault);
        }
    }));

    // Lets time pass for as long as the call waits for it.
    async Task<string> Drive(Task<string> call)
    {
        while (!call.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await call;
    }
}
