using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Load.Logins;

/// <summary>An OpenID provider under load, with one relying party and one machine that are registered there.</summary>
internal sealed record LoginTarget
{
    public required string Name { get; init; }

    public required string Issuer { get; init; }

    public required Uri Push { get; init; }

    public required Uri Authorize { get; init; }

    public required Uri Token { get; init; }

    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public required string MachineId { get; init; }

    public required JsonWebKey ClientKey { get; init; }

    public required JsonWebKey MachineKey { get; init; }

    /// <summary>The instances that may be reached, whatever the address says; none where the address says it.</summary>
    public IReadOnlyList<IPEndPoint> Instances { get; init; } = [];

    /// <summary>Logs a browser in at the page it was sent to, and gives the address at which the request goes on; null where nobody has to.</summary>
    public Func<Browser, Uri, int, Task<Uri>>? LogIn { get; init; }

    public static async Task<JsonElement> Discover(HttpClient http, string issuer, CancellationToken cancellation) => JsonElement.Parse(
        await http.GetStringAsync(new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"), cancellation));
}
