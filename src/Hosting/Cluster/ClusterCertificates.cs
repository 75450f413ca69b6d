using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Platform.Hosting.Cluster;

/// <summary>
/// This process's certificate and the cluster's own authorities. Who is let in is decided by them and by what a certificate is for, never by the machine's
/// trust or by host names: any silo may answer for any grain, and addresses come and go.
/// </summary>
public sealed class ClusterCertificates : IDisposable
{
    const string ToServe = "1.3.6.1.5.5.7.3.1";
    const string ToCall = "1.3.6.1.5.5.7.3.2";

    readonly X509Certificate2 _own;
    readonly X509Certificate2Collection _authorities;

    ClusterCertificates(X509Certificate2 own, X509Certificate2Collection authorities) => (_own, _authorities) = (own, authorities);

    /// <summary>Reads the files; what is wrong with their content <see cref="ClusterTlsOptions.Finding"/> tells.</summary>
    public static ClusterCertificates Load(ClusterTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.AuthorityFile ?? "");
        return new(X509Certificate2.CreateFromPemFile(options.CertificateFile ?? "", options.KeyFile ?? options.CertificateFile), authorities);
    }

    /// <summary>For calling a silo.</summary>
    public TlsOptions Calling() => Tls(ToServe);

    /// <summary>For a silo that is called at its gateway.</summary>
    public TlsOptions AnsweringClients() => Tls(ToCall);

    /// <summary>For a silo that is called by another: a client's certificate is not enough.</summary>
    public TlsOptions AnsweringSilos() => Tls(ToCall, ToServe);

    public void Dispose()
    {
        _own.Dispose();
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    internal string? Finding(bool mustServe)
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        if (!chain.Build(_own))
        {
            return "The certificate of Cluster:Tls:CertificateFile is not valid now or not issued by an authority of Cluster:Tls:AuthorityFile: renew it or name its authority.";
        }

        if (!IsFor(_own, ToCall) || (mustServe && !IsFor(_own, ToServe)))
        {
            return mustServe
                ? "The certificate of Cluster:Tls:CertificateFile must have the extended key usages serverAuth and clientAuth: a silo serves and calls."
                : "The certificate of Cluster:Tls:CertificateFile must have the extended key usage clientAuth.";
        }

        return !mustServe && IsFor(_own, ToServe)
            ? "The certificate of Cluster:Tls:CertificateFile has the extended key usage serverAuth, with which this process could pass for a silo: issue one with clientAuth only."
            : null;
    }

    static bool IsFor(X509Certificate2 certificate, string usage) => certificate.Extensions
        .OfType<X509EnhancedKeyUsageExtension>()
        .Any(extension => extension.EnhancedKeyUsages.Cast<Oid>().Any(named => named.Value == usage));

    TlsOptions Tls(params string[] usages) => new()
    {
        LocalCertificate = _own,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (certificate, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None && usages.All(usage => IsFor(certificate, usage)),
        OnAuthenticateAsServer = (_, tls) => ((SslServerAuthenticationOptions)tls.SslServerAuthenticationOptions).CertificateChainPolicy = Policy(),
        OnAuthenticateAsClient = (_, tls) => ((SslClientAuthenticationOptions)tls.SslClientAuthenticationOptions).CertificateChainPolicy = Policy(),
    };

    X509ChainPolicy Policy()
    {
        // A certificate names addresses at which its issuers are to be found; a stranger must not send this process anywhere.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var authority in _authorities)
        {
            (authority.Subject == authority.Issuer ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        return policy;
    }
}
