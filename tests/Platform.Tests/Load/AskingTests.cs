using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Load.Open;
using Platform.Load.Open.Wire;
using Platform.Load.Open.Work;
using Xunit;

namespace Platform.Tests.Load;

public sealed class AskingTests : IAsyncLifetime
{
    private static readonly Arrival Any = new(0, 0, Workload.Lawful, 0, 0, 0);
    private readonly ConcurrentQueue<int> _answers = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly List<int?> _told = [];
    private WebApplication _server = null!;
    private ApiPool _apis = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v1", async context =>
        {
            _keys.Enqueue(context.Request.Headers["Idempotency-Key"].ToString());
            var status = _answers.TryDequeue(out var planned) ? planned : 200;
            if (status == 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsJsonAsync(new { code = status == 403 ? "disclosure.denied" : "busy" });
        });
        await _server.StartAsync();
        var address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _apis = new ApiPool([address, address], TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        _apis.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Without_retry_a_503_is_a_failure() =>
        Assert.Equal(new(Verdict.Failed, "503 busy", "503 busy", 0, IsAnswered: false), await Once(retry: false, 503));

    [Fact]
    public async Task One_retry_elsewhere_hides_a_503_and_both_attempts_are_told()
    {
        Assert.Equal(new(Verdict.Hidden, "200", "503 busy", 1, IsAnswered: true), await Once(retry: true, 503, 200));
        Assert.Equal([503, 200], _told);
    }

    [Fact]
    public async Task A_second_failure_is_not_hidden()
    {
        Assert.Equal(new(Verdict.Failed, "503 busy", "503 busy", 1, IsAnswered: false), await Once(retry: true, 503, 503, 200));
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_retried_and_never_sent_twice_unseen()
    {
        // First an answer, so that the connection that breaks is one that was used before.
        await Once(retry: true, 200);
        Assert.Equal(new(Verdict.Failed, "lost-connection", "lost-connection", 0, IsAnswered: false), await Once(retry: false, 0));
        Assert.Equal(2, _keys.Count);
        Assert.Equal(new(Verdict.Hidden, "200", "lost-connection", 1, IsAnswered: true), await Once(retry: true, 0, 200));
        Assert.Equal(4, _keys.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Other_failures_are_not_retried(int status)
    {
        Assert.Equal(Verdict.Failed, (await Once(retry: true, status, 200)).Verdict);
        Assert.Single(_told);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_known_no_is_an_answer(int status) => Assert.Equal(Verdict.Served, (await Once(retry: true, status)).Verdict);

    [Fact]
    public async Task A_change_is_asked_again_with_its_key_until_it_is_known_and_only_the_first_retry_hides()
    {
        var (done, reply) = await UntilKnown(503, 0, 500, 409);

        Assert.Equal(new(Verdict.Failed, "409 busy", "503 busy", 1, IsAnswered: true), done);
        Assert.True(reply.IsKnown);
        Assert.Equal(4, _keys.Count);
        Assert.Single(_keys.Distinct());
        Assert.Equal(Verdict.Hidden, (await UntilKnown(503, 200)).Done.Verdict);
        Assert.Equal(Verdict.Served, (await UntilKnown(200)).Done.Verdict);
    }

    [Fact]
    public async Task A_change_that_the_end_of_the_run_overtakes_stays_unknown()
    {
        _answers.Enqueue(503);
        var asking = new Asking(_apis, new RunClock(TimeProvider.System), retry: true, new CancellationToken(canceled: true));

        var (done, reply) = await asking.UntilKnown(Any, Request(), Read);

        Assert.False(reply.IsKnown);
        Assert.Equal(Verdict.Failed, done.Verdict);
        Assert.Single(_keys);
    }

    [Fact]
    public async Task A_server_that_is_gone_refuses_the_connection()
    {
        await _server.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("refused-connection", (await Once(retry: false)).Outcome);
    }

    private static ApiRequest Request() => new(ApiRequest.LineOf("POST", "v1"), "t"u8.ToArray(), "{}"u8.ToArray()) { Key = Guid.NewGuid() };

    private static Reply<FirstNumber> Read(Answer answer) => Replies.Of(answer, static json => FirstNumber.Integer(json, "none"u8), static _ => true);

    private ValueTask<Done> Once(bool retry, params int[] answers) => Asking(retry, answers).Once(Any, Request(), Read, (_, _, _, reply) => _told.Add(reply.Status));

    private ValueTask<(Done Done, Reply<FirstNumber> Reply)> UntilKnown(params int[] answers) => Asking(true, answers).UntilKnown(Any, Request(), Read);

    private Asking Asking(bool retry, int[] answers)
    {
        _answers.Clear();
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }

        return new Asking(_apis, new RunClock(TimeProvider.System), retry, CancellationToken.None);
    }
}
