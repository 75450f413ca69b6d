using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Portal.Login;

/// <summary>What the identity server says of itself (OpenID Connect Discovery 1.0).</summary>
sealed record ProviderMetadata
{
    [JsonPropertyName("issuer")]
    public required string Issuer { get; init; }

    [JsonPropertyName("authorization_endpoint")]
    public required Uri Authorize { get; init; }

    [JsonPropertyName("pushed_authorization_request_endpoint")]
    public required Uri Push { get; init; }

    [JsonPropertyName("token_endpoint")]
    public required Uri Token { get; init; }

    [JsonPropertyName("end_session_endpoint")]
    public required Uri EndSession { get; init; }

    [JsonPropertyName("jwks_uri")]
    public required Uri Keys { get; init; }
}

/// <summary>Knows the identity server's addresses and keys, and asks anew after an hour or when a key is unknown.</summary>
sealed class Provider(IHttpClientFactory clients, IOptions<PortalOptions> options, TimeProvider clock) : IDisposable
{
    public const string Client = "identity";
    static readonly TimeSpan Life = TimeSpan.FromHours(1);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    readonly SemaphoreSlim _one = new(1);
    Known? _known;

    public async Task<ProviderMetadata> Metadata(CancellationToken ct) => (await Get(stale: false, ct)).Metadata;

    /// <summary>The keys that sign now; <paramref name="stale"/> if those known did not fit.</summary>
    public async Task<IEnumerable<SecurityKey>> Keys(bool stale, CancellationToken ct) => (await Get(stale, ct)).Keys;

    public void Dispose() => _one.Dispose();

    async Task<Known> Get(bool stale, CancellationToken ct)
    {
        if (Fresh(stale) is { } known)
        {
            return known;
        }
        await _one.WaitAsync(ct);
        try
        {
            return Fresh(stale) ?? (_known = await Read(ct));
        }
        finally
        {
            _one.Release();
        }
    }

    // Who sends tokens with unknown keys must not make us ask without end.
    Known? Fresh(bool stale) => _known is { } known && clock.GetUtcNow() - known.At < (stale ? Pause : Life) ? known : null;

    async Task<Known> Read(CancellationToken ct)
    {
        try
        {
            var http = clients.CreateClient(Client);
            var issuer = options.Value.Identity!;
            var metadata = await http.GetFromJsonAsync<ProviderMetadata>(new Uri(issuer, ".well-known/openid-configuration"), ct)
                ?? throw new JsonException("The discovery document is null.");
            if (metadata.Issuer != issuer.AbsoluteUri)
            {
                throw new JsonException("The discovery document names another issuer than Portal:Identity.");
            }
            return new Known(metadata, new JsonWebKeySet(await http.GetStringAsync(metadata.Keys, ct)).GetSigningKeys(), clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or ArgumentException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new IdentityUnavailableException("The identity server's description cannot be read.", fault);
        }
    }

    sealed record Known(ProviderMetadata Metadata, IList<SecurityKey> Keys, DateTimeOffset At);
}

/// <summary>The identity server does not answer, or not in a way that can be understood.</summary>
sealed class IdentityUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
