using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Platform.Hosting.Forwarding;
using Xunit;

namespace Platform.Tests.Hosting;

public sealed class ForwardingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.0.7", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.8", "203.0.113.9", "10.0.0.8")]
    [InlineData("10.1.0.8", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.7", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.7", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("10.0.0.7", "nonsense", "10.0.0.7")]
    public async Task Only_a_known_proxy_may_say_for_whom_it_asks(string from, string forwarded, string seen)
    {
        await using var app = await Start(("Proxies:KnownProxies:0", "10.0.0.7"), ("Proxies:KnownNetworks:0", "10.1.0.0/16"));

        Assert.Equal($"{seen} {(seen == from ? "http" : "https")}", await Seen(app, from, forwarded));
    }

    [Fact]
    public async Task Where_no_proxy_is_named_nobody_is_believed()
    {
        await using var app = await Start();

        Assert.Equal("10.0.0.7 http", await Seen(app, "10.0.0.7", "203.0.113.9"));
        Assert.Equal("127.0.0.1 http", await Seen(app, "127.0.0.1", "203.0.113.9"));
    }

    [Theory]
    [InlineData("proxy", "10.0.0.0/8")]
    [InlineData("10.0.0.7", "10.0.0.7/99")]
    [InlineData("10.0.0.7", "0.0.0.0/0")]
    [InlineData("10.0.0.7", "::/0")]
    public void A_proxy_that_is_none_is_refused_with_what_to_do(string proxy, string network)
    {
        var options = new ForwardingOptions { KnownProxies = { proxy }, KnownNetworks = { network } };

        Assert.Contains("ForwardedHeaders:Known", Assert.Single(options.Validate(new ValidationContext(options))).ErrorMessage!, StringComparison.Ordinal);
    }

    static async Task<WebApplication> Start(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddPlatformForwardedHeaders("Proxies");
        var app = builder.Build();
        app.UsePlatformForwardedHeaders();
        app.Run(context => context.Response.WriteAsync($"{context.Connection.RemoteIpAddress} {context.Request.Scheme}"));
        await app.StartAsync(Ct);
        return app;
    }

    static async Task<string> Seen(WebApplication app, string from, string forwarded)
    {
        var context = await app.GetTestServer().SendAsync(request =>
        {
            request.Connection.RemoteIpAddress = IPAddress.Parse(from);
            request.Request.Headers["X-Forwarded-For"] = forwarded;
            request.Request.Headers["X-Forwarded-Proto"] = string.Join(", ", forwarded.Split(',').Select(_ => "https"));
        }, Ct);
        using var reader = new StreamReader(context.Response.Body);
        return await reader.ReadToEndAsync(Ct);
    }
}
