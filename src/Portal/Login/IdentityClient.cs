using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Portal.Login;

/// <summary>Asks the identity server as an authenticated client, with proofs of the session's key.</summary>
sealed class IdentityClient(IHttpClientFactory clients, Provider provider, Nonces nonces, TimeProvider clock)
{
    /// <summary>Pushes an authorization request (RFC 9126); gives the address to which the browser goes.</summary>
    public async Task<Uri> Push(Party party, Dictionary<string, string> request, ProofKey key, CancellationToken ct)
    {
        var metadata = await provider.Metadata(ct);
        var (answer, error) = await Post<PushAnswer>(party, metadata.Push, request, key, ct);
        if (answer is null)
        {
            throw new IdentityUnavailableException($"The identity server refused a pushed request: {error?.Error}.");
        }
        return new Uri($"{metadata.Authorize}?client_id={Uri.EscapeDataString(party.ClientId)}&request_uri={Uri.EscapeDataString(answer.RequestUri)}");
    }

    /// <summary>Tokens, or why there are none.</summary>
    public async Task<(TokenAnswer? Tokens, OAuthError? Error)> Token(Registration client, Dictionary<string, string> request, ProofKey key, CancellationToken ct) =>
        await Post<TokenAnswer>(client, (await provider.Metadata(ct)).Token, request, key, ct);

    async Task<(T? Answer, OAuthError? Error)> Post<T>(Registration client, Uri address, Dictionary<string, string> request, ProofKey key, CancellationToken ct)
        where T : class
    {
        var issuer = (await provider.Metadata(ct)).Issuer;
        try
        {
            var (answer, error) = await Ask<T>(client, address, request, key, issuer, ct);
            // The first proof may lack a nonce; the answer names it, and we ask once more.
            return error is { Error: "use_dpop_nonce" } ? await Ask<T>(client, address, request, key, issuer, ct) : (answer, error);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new IdentityUnavailableException("The identity server gave no usable answer.", fault);
        }
    }

    async Task<(T? Answer, OAuthError? Error)> Ask<T>(Registration client, Uri address, Dictionary<string, string> request, ProofKey key, string issuer, CancellationToken ct)
        where T : class
    {
        var now = clock.GetUtcNow();
        using var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(request)
            {
                ["client_id"] = client.ClientId,
                ["client_assertion_type"] = ClientKey.AssertionType,
                ["client_assertion"] = client.Key.Assert(client.ClientId, issuer, now),
            }),
        };
        message.Headers.Add("DPoP", key.Prove("POST", address, nonces.For(address, key), accessToken: null, now));
        using var answer = await clients.CreateClient(Provider.Client).SendAsync(message, ct);
        nonces.Learn(answer, address, key);
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Content.ReadFromJsonAsync<T>(ct) ?? throw new JsonException("The answer is null."), null);
        }
        // What is no OAuth error is an outage.
        return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? (null, await answer.Content.ReadFromJsonAsync<OAuthError>(ct) ?? throw new JsonException("The error is null."))
            : throw new HttpRequestException("The identity server answered with an error.", null, answer.StatusCode);
    }
}

sealed record PushAnswer
{
    [JsonPropertyName("request_uri")]
    public required string RequestUri { get; init; }
}

sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public required string Access { get; init; }

    [JsonPropertyName("expires_in")]
    public required int Seconds { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? Refresh { get; init; }

    [JsonPropertyName("id_token")]
    public string? Identity { get; init; }
}

sealed record OAuthError
{
    [JsonPropertyName("error")]
    public required string Error { get; init; }
}
