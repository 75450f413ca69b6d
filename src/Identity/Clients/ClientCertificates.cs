using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;

namespace Platform.Identity.Clients;

/// <summary>Clients that authenticate by a certificate whose subject they registered (tls_client_auth, RFC 8705 section 2.1).</summary>
sealed class ClientCertificates(IOptions<IdentityOptions> options, TimeProvider clock)
{
    const string Property = "tls-subject";
    const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <exception cref="RegistrationRefusedException">The subject is not a distinguished name.</exception>
    public static void Register(OpenIddictApplicationDescriptor descriptor, string? subject)
    {
        if (subject is not null)
        {
            descriptor.Properties[Property] = JsonSerializer.SerializeToElement(Normalized(subject));
            // The engine knows no confidential client without keys or a secret. Nobody knows this one, and secrets are not accepted anywhere.
            descriptor.ClientSecret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        }
    }

    /// <summary>Whether an authority that we trust vouches for the certificate, and its subject is the one that the client registered.</summary>
    public async ValueTask<bool> Vouch(IOpenIddictApplicationManager applications, object application, X509Certificate2 certificate, CancellationToken ct) =>
        (await applications.GetPropertiesAsync(application, ct)).TryGetValue(Property, out var registered)
        && registered.GetString() == certificate.SubjectName.Name
        && options.Value.Mtls.ClientAuthorities is { } authorities
        && IsIssued(certificate, authorities);

    bool IsIssued(X509Certificate2 certificate, string authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        var known = new X509Certificate2Collection();
        known.ImportFromPemFile(authorities);
        foreach (var authority in known)
        {
            var isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        }
        // Who stands between is in the file too: a certificate may name any address to fetch its issuer from.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // A client is shut out by disabling it here, at once, and not by a list that its authority publishes now and then.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        try
        {
            return chain.Build(certificate);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    static string Normalized(string subject)
    {
        try
        {
            return new X500DistinguishedName(subject).Name;
        }
        catch (CryptographicException)
        {
            throw new RegistrationRefusedException("The certificate subject is not a distinguished name (RFC 4514), such as CN=portal, O=Province.");
        }
    }
}
