using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.EndToEnd.Logins;

/// <summary>One public address in front of several instances, each request to the next one; what an ingress is in production.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    });

    private readonly WebApplication _app;
    private volatile string[] _instances = [];
    private int _turn;

    private Balancer(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddHttpForwarder();
        _app = builder.Build();
        _app.Run(Forward);
    }

    public static async Task<Balancer> Start(int port)
    {
        var balancer = new Balancer(port);
        await balancer._app.StartAsync();
        return balancer;
    }

    public void Add(string instance) => _instances = [.. _instances, instance];

    /// <summary>New requests go elsewhere; those under way end where they are.</summary>
    public void Remove(string instance) => _instances = [.. _instances.Where(one => one != instance)];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task Forward(HttpContext http)
    {
        var instances = _instances;
        var instance = instances[(int)((uint)Interlocked.Increment(ref _turn) % instances.Length)];
        await http.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(http, instance, _client, ForwarderRequestConfig.Empty, HttpTransformer.Empty);
    }
}
