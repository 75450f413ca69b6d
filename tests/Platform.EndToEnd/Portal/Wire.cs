using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.EndToEnd.Portal;

/// <summary>The connection between the portal and a server behind it, which a test can make bad.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    });

    private readonly WebApplication _app;
    private readonly string _to;

    private Wire(int port, string to)
    {
        (_to, Address) = (to, $"http://localhost:{port}/");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddHttpForwarder();
        _app = builder.Build();
        _app.Run(Forward);
    }

    public string Address { get; }

    public WireState State { get; set; }

    public static async Task<Wire> Start(int port, string to)
    {
        var wire = new Wire(port, to);
        await wire._app.StartAsync();
        return wire;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task Forward(HttpContext http)
    {
        switch (State)
        {
            case WireState.Cut:
                http.Abort();
                return;
            case WireState.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case WireState.Failing:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case WireState.Babbling:
                http.Response.ContentType = "application/json";
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"personalId\": 7, \"half\": [1, 2,"), http.RequestAborted);
                return;
            case WireState.Good:
            default:
                await http.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(http, _to, _client, ForwarderRequestConfig.Empty, KeepHost.Instance);
                return;
        }
    }

    // Proofs of possession name the address that was asked.
    private sealed class KeepHost : HttpTransformer
    {
        public static KeepHost Instance { get; } = new();

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        }
    }
}

/// <summary>What the other end seems to be.</summary>
internal enum WireState
{
    Good,
    Cut,
    Silent,
    Failing,
    Babbling,
}
