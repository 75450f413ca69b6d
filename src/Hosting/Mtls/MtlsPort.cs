using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Platform.Hosting.Expiry;

namespace Platform.Hosting.Mtls;

/// <summary>
/// A port of its own for tokens that are bound to a certificate (RFC 8705), so that nobody else is asked for one. Any certificate is taken, whoever
/// issued it: the handshake proves that the client holds its key, and the token says which certificate it must be.
/// </summary>
public static class MtlsPort
{
    /// <summary>Opens the port that the section names, if it names one.</summary>
    public static void AddMtlsPort(this WebApplicationBuilder builder, string section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var mtls = builder.Configuration.GetSection(section).Get<MtlsOptions>() ?? new MtlsOptions();
        if (mtls.Port == 0)
        {
            return;
        }

        // Naming one address replaces the server's own choice, so the plain one must be named too.
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        if (string.IsNullOrEmpty(urls))
        {
            throw new CannotStartException($"Set Urls to the plain addresses of this process, for instance http://*:8080: with {section}:Port it has no default.");
        }

        if (mtls.CertificateFile is { } file)
        {
            builder.Services.AddExpiringCertificates("mtls-certificate", file);
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
            // A certificate names addresses at which its issuers are to be found; a stranger must not send this process anywhere.
            tls.CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
    }
}
