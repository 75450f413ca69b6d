using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Expiry;

namespace Platform.Identity.Storage;

/// <summary>
/// The keys that encrypt private data at rest. They must not be readable from a copy of the database alone, so they lie outside it, or
/// inside it but encrypted with a certificate that every instance mounts.
/// </summary>
static class KeyRing
{
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("Platform.Identity");
        builder.Services.AddSingleton<ProtectionKeyRepository>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IOptions<StorageOptions>, IServiceProvider>((ring, storage, services) =>
            ring.XmlRepository = string.IsNullOrWhiteSpace(storage.Value.KeyRingDirectory)
                ? services.GetRequiredService<ProtectionKeyRepository>()
                : Folder(storage.Value.KeyRingDirectory, services.GetRequiredService<ILoggerFactory>()));

        // The framework takes certificates at registration only, before options can be checked; a missing file is reported by the check.
        if (builder.Configuration["Identity:KeyRingCertificate"] is { Length: > 0 } file && File.Exists(file))
        {
            protection.ProtectKeysWithCertificate(Certificate(file));
            builder.Services.AddExpiringCertificates("key-ring-certificate", file);
        }
        // What was encrypted with a certificate that has been replaced stays readable.
        var former = builder.Configuration.GetSection("Identity:FormerKeyRingCertificates").Get<string[]>() ?? [];
        if (former.Length > 0)
        {
            protection.UnprotectKeysWithAnyCertificate([.. former.Select(Certificate)]);
        }
    }

    static FileSystemXmlRepository Folder(string path, ILoggerFactory logging)
    {
        try
        {
            var folder = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new FileSystemXmlRepository(folder, logging);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                "Identity:KeyRingDirectory cannot be used: name a folder that this process may create and write.", fault);
        }
    }

    static X509Certificate2 Certificate(string file)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file);
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? throw new CryptographicException("The certificate has no RSA key.") : certificate;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                "Identity:KeyRingCertificate or one of Identity:FormerKeyRingCertificates is not a PEM file with an RSA certificate and its private key: make one and mount it.", fault);
        }
    }
}
