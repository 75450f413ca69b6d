using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Platform.Hosting;

namespace Platform.Api.Mtls;

/// <summary>
/// A port of its own for tokens that are bound to a certificate (RFC 8705), so that nobody else is asked for one. Any certificate is taken, whoever
/// issued it: the handshake proves that the client holds its key, and the token says which certificate it must be.
/// </summary>
static class MtlsPort
{
    public static void AddMtlsPort(this WebApplicationBuilder builder)
    {
        var mtls = builder.Configuration.GetSection(ApiOptions.Section).Get<ApiOptions>()?.Mtls ?? new MtlsOptions();
        if (mtls.Port == 0)
        {
            return;
        }

        // Naming one address replaces the server's own choice, so the plain one must be named too.
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        if (string.IsNullOrEmpty(urls))
        {
            throw new CannotStartException("Set Urls to the plain addresses of the API, for instance http://*:8080: with Api:Mtls:Port it has no default.");
        }

        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, $"{urls};https://*:{mtls.Port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = mtls.Load();
            https.ServerCertificateChain = mtls.LoadChain();
            https.OnAuthenticate = (connection, tls) => Ask(connection, tls, mtls.Port);
        }));
    }

    [SuppressMessage("Security", "CA5359", Justification = "These are clients' certificates, and no issuer vouches for a client: the token names its certificate.")]
    static void Ask(ConnectionContext connection, SslServerAuthenticationOptions tls, int mtlsPort)
    {
        if (connection.LocalEndPoint is IPEndPoint { Port: var port } && port == mtlsPort)
        {
            tls.ClientCertificateRequired = true;
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
    }
}
