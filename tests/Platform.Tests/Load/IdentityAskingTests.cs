using System.Net;
using System.Net.Sockets;
using Platform.Load.Logins;
using Platform.Load.Open.Work;
using Xunit;

namespace Platform.Tests.Load;

public sealed class IdentityAskingTests
{
    private readonly List<int> _asked = [];

    [Fact]
    public async Task A_login_that_is_answered_is_served() =>
        Assert.Equal(new(Verdict.Served, "200", null, 1, IsAnswered: true), await Ask(retry: true, first: 1));

    [Fact]
    public async Task One_retry_elsewhere_hides_an_instance_that_is_gone()
    {
        var done = await Ask(retry: true, first: 1, new HttpRequestException("gone", new SocketException((int)SocketError.ConnectionRefused)));

        Assert.Equal(new(Verdict.Hidden, "200", "refused-connection", 0, IsAnswered: true), done);
        Assert.Equal([1, 0], _asked);
    }

    [Fact]
    public async Task A_503_of_a_page_or_of_the_token_endpoint_is_retried_once()
    {
        Assert.Equal("503", (await Ask(retry: true, first: 0, new RefusedException("page", 503))).Fault);
        var done = await Ask(retry: true, first: 0, new HttpRequestException(null, null, HttpStatusCode.ServiceUnavailable), new RefusedException("page", 503));
        Assert.Equal((Verdict.Failed, "503", "503"), (done.Verdict, done.Outcome, done.Fault));
    }

    [Fact]
    public async Task Without_retry_and_after_a_refusal_or_a_timeout_it_is_failed()
    {
        Assert.Equal(Verdict.Failed, (await Ask(retry: false, first: 0, new HttpRequestException("lost"))).Verdict);
        Assert.Equal(Done.Failed("400", 0), await Ask(retry: true, first: 0, new RefusedException("no", 400)));
        Assert.Equal(Done.Failed("timeout", 0), await Ask(retry: true, first: 0, new TaskCanceledException()));
        Assert.Equal(3, _asked.Count);
    }

    private ValueTask<Done> Ask(bool retry, int first, params Exception[] faults)
    {
        var left = new Queue<Exception>(faults);
        return new IdentityAsking(2, retry, TimeProvider.System, CancellationToken.None).Ask(first, instance =>
        {
            _asked.Add(instance);
            return left.TryDequeue(out var fault) ? Task.FromException(fault) : Task.CompletedTask;
        });
    }
}
