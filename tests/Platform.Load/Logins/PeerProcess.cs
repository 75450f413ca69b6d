using System.Diagnostics;
using System.Text.Json;

namespace Platform.Load.Logins;

/// <summary>npm oidc-provider in a Node process of its own, with the province's relying party and machine registered by the same keys.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private const int Port = 5990;
    private readonly Process _process;

    private PeerProcess(Process process, LoginTarget target) => (_process, Target) = (process, target);

    public LoginTarget Target { get; }

    public static async Task<PeerProcess> Start(HttpClient http, string data, string folder, LoginTarget province, CancellationToken cancellation)
    {
        var jwks = Path.Combine(data, "peer-jwks.json");
        await File.WriteAllTextAsync(jwks, Keys(province), cancellation);
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "oidc-provider.mjs"), $"{Port}", jwks, province.RedirectUri])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Node did not start.");
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line && line != "ready")
        {
            // It may warn before it listens.
        }

        var issuer = $"http://localhost:{Port}";
        var document = await LoginTarget.Discover(http, issuer, cancellation);
        return new PeerProcess(process, province with
        {
            Name = "oidc-provider",
            Issuer = issuer,
            Push = ProvinceTarget.Endpoint(document, "pushed_authorization_request_endpoint"),
            Authorize = ProvinceTarget.Endpoint(document, "authorization_endpoint"),
            Token = ProvinceTarget.Endpoint(document, "token_endpoint"),
            MachineId = "machine",
            LogIn = null,
        });
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Keys(LoginTarget province) => JsonSerializer.Serialize(new
    {
        keys = new[] { province.ClientKey, province.MachineKey }.Select(key => new
        {
            kty = key.Kty,
            crv = key.Crv,
            x = key.X,
            y = key.Y,
            kid = key.Kid,
            use = "sig",
            alg = "ES256",
        }),
    });
}
