using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Platform.Hosting;
using Platform.Hosting.Expiry;
using Platform.Portal.Api;
using Platform.Portal.Login;
using Platform.Portal.Pages.Counter;
using Platform.Portal.Safety;
using Platform.Portal.Sessions;

namespace Platform.Portal;

static class PortalServices
{
    const int LongestAnswer = 8 * 1024 * 1024;

    // 500 ledger entries, each with decisions about a hundred things and their explanations.
    const int LongestLongAnswer = 64 * 1024 * 1024;

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        // Vietnamese letters as they are: as numeric references they would weigh three times as much.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        AddHttp(services, Provider.Client);
        AddHttp(services, ApiClient.Client);
        AddHttp(services, ApiClient.LongClient, LongestLongAnswer);
        services.AddSingleton<Parties>();
        services.AddSingleton<Provider>();
        services.AddSingleton<Nonces>();
        services.AddSingleton<IdentityClient>();
        services.AddSingleton<IdentityTokens>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<PendingLogins>();
        services.AddSingleton<LoginStart>();
        services.AddSingleton<LoginEnd>();
        services.AddSingleton<ApiClient>();
        services.AddSingleton<TokenExchange>();
        services.AddSingleton<Officers>();
        services.AddSingleton<DossierDesk>();
        services.AddSingleton<OneTimeForms>();
        services.AddSingleton<SafeCookies>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<SessionEnd>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<PageHeaders>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, SessionScheme>(Party.Citizen, null)
            .AddScheme<AuthenticationSchemeOptions, SessionScheme>(Party.Counter, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Party.Citizen, Login(Party.Citizen))
            .AddPolicy(Party.Counter, Login(Party.Counter))
            // Whatever says nothing is for nobody but people who are logged in.
            .SetFallbackPolicy(Login(Party.Citizen));
        AddKeyRing(builder);
    }

    static AuthorizationPolicy Login(string scheme) => new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();

    static void AddHttp(IServiceCollection services, string name, int longestAnswer = LongestAnswer) => services
        .AddHttpClient(name, (provider, http) =>
        {
            http.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<PortalOptions>>().Value.PatienceSeconds);
            http.MaxResponseContentBufferSize = longestAnswer;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Addresses that change are seen by connections that end; a handler that ends would leave a timer that outlives the host.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    static void AddKeyRing(WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName(KeyRingCommand.Application);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IOptions<PortalOptions>, ILoggerFactory>((ring, portal, logging) =>
        {
            ring.XmlRepository = new FileSystemXmlRepository(Folder(portal.Value.KeyRingDirectory!), logging);
            ring.AutoGenerateKeys = !portal.Value.KeyRingIsGiven;
        });

        // Where no key is made by itself, somebody must know in time that the last one ends.
        builder.Services.AddExpiring("key-ring", provider => provider.GetRequiredService<IOptions<PortalOptions>>().Value.KeyRingIsGiven
            ? provider.GetRequiredService<IKeyManager>().GetAllKeys().Max(key => (DateTimeOffset?)key.ExpirationDate)
            : null);

        // The framework takes certificates at registration only, before options can be checked; a missing file is reported by the check.
        if (builder.Configuration["Portal:KeyRingCertificate"] is { Length: > 0 } file && File.Exists(file))
        {
            protection.ProtectKeysWithCertificate(Certificate(file));
            builder.Services.AddExpiringCertificates("key-ring-certificate", file);
        }
    }

    static DirectoryInfo Folder(string path)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException("Portal:KeyRingDirectory cannot be used: name a folder that this process may create and write.", fault);
        }
    }

    static X509Certificate2 Certificate(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException("Portal:KeyRingCertificate is no PEM file with an RSA certificate and its private key: make one and mount it.", fault);
        }
    }
}
