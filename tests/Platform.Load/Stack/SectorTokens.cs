using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Platform.Load.Logins;

namespace Platform.Load.Stack;

/// <summary>Access tokens of the sector systems from the real identity servers, asked for anew before they run out.</summary>
internal sealed class SectorTokens(string issuer, IReadOnlyList<string> identities, Func<string, JsonWebKey> keys) : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _tokens = new();
    private int _turn;

    /// <summary>A token that is good for a while yet.</summary>
    public async Task<string> Get(string system, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!_tokens.TryGetValue(system, out var kept) || kept.Until - Ahead < now)
        {
            kept = await Ask(system, identities[(int)((uint)Interlocked.Increment(ref _turn) % identities.Count)], cancellation);
            _tokens[system] = kept;
        }

        return kept.Token;
    }

    /// <summary>A new token from one identity server; an exception of HTTP if it gives none.</summary>
    public async Task<(string Token, DateTimeOffset Until)> Ask(string system, string identity, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = system,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Signer.Assertion(system, issuer, keys(system)),
        });
        var now = TimeProvider.System.GetUtcNow();
        using var answer = await _http.PostAsync(new Uri(identity + "connect/token"), form, cancellation);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        return (json.RootElement.GetProperty("access_token").GetString()!, now.AddSeconds(json.RootElement.GetProperty("expires_in").GetInt32()));
    }

    public void Dispose() => _http.Dispose();
}
