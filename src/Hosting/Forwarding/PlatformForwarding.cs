using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Forwarding;

/// <summary>Lets limits and logs see the address of the client behind an ingress.</summary>
public static class PlatformForwarding
{
    /// <summary>Reads <see cref="ForwardingOptions"/> from <paramref name="section"/>, which by default names no proxy: then nothing is forwarded.</summary>
    public static void AddPlatformForwardedHeaders(this WebApplicationBuilder builder, string section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<ForwardingOptions>(section);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ForwardingOptions>>((headers, known) => Trust(headers, known.Value));
    }

    /// <summary>Stands before everything that looks at the address or the scheme of a request.</summary>
    public static void UsePlatformForwardedHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // The framework's middleware believes everybody if it is given nobody to believe.
        app.UseWhen(
            context => context.RequestServices.GetRequiredService<IOptions<ForwardingOptions>>().Value.IsOn,
            forwarded => forwarded.UseForwardedHeaders());
    }

    // The host is left alone: where it matters, the public address is a setting.
    static void Trust(ForwardedHeadersOptions headers, ForwardingOptions known)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in known.KnownProxies)
        {
            headers.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        foreach (var network in known.KnownNetworks)
        {
            headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
