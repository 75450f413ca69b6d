using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Hosting.Expiry;

/// <summary>Something that stops working one day unless somebody acts: its name as a metric label, and when. Null: not known at this moment.</summary>
public sealed record Expiring(string What, Func<IServiceProvider, DateTimeOffset?> At);

/// <summary>Registers what expires; <see cref="ExpiryMetrics"/> then tells how long it still lasts.</summary>
public static class ExpiringServices
{
    public static void AddExpiring(this IServiceCollection services, string what, Func<IServiceProvider, DateTimeOffset?> at) =>
        services.AddSingleton(new Expiring(what, at));

    /// <summary>The first certificate in a PEM file to run out, read anew each time because the file may have been replaced.</summary>
    public static void AddExpiringCertificates(this IServiceCollection services, string what, string file) => services.AddExpiring(what, _ => EarliestEnd(file));

    static DateTimeOffset? EarliestEnd(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count == 0 ? null : certificates.Min(certificate => new DateTimeOffset(certificate.NotAfter));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
