using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Portal.Login;
using Platform.Portal.Sessions;

namespace Platform.Portal.Api;

/// <summary>Speaks to the API: with the person's token and a proof of the session's key, or for nobody.</summary>
sealed class ApiClient(IHttpClientFactory clients, Nonces nonces, IOptions<PortalOptions> options, TimeProvider clock)
{
    public const string Client = "api";

    /// <summary>For answers that may be long.</summary>
    public const string LongClient = "api-long";

    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Calls in the person's name.</summary>
    public PersonApi For(PortalSession session, CancellationToken ct) => new(this, session, ct);

    /// <summary>Calls in nobody's name; <paramref name="asker"/> is the address that the API's limits count.</summary>
    public Task<ApiResult<T>> Anonymous<T>(HttpMethod method, string path, object? body, string? asker, CancellationToken ct) =>
        Call<T>(new ApiCall(method, new Uri(options.Value.Api!, path), body, null) { Asker = asker }, null, ct);

    /// <summary>Asks for something that may be done once: of all calls of a session with this <paramref name="proof"/> id the API takes one.</summary>
    public Task<ApiResult<T>> AskOnce<T>(PortalSession session, string path, object body, string proof, CancellationToken ct) =>
        Call<T>(new ApiCall(HttpMethod.Post, Address(path), body, null, proof), session, ct);

    /// <summary>What a refusal says besides what all refusals say.</summary>
    public static T Rest<T>(ApiProblem problem)
    {
        try
        {
            return JsonSerializer.SerializeToElement(problem.Rest).Deserialize<T>(Json) ?? throw new JsonException("The refusal says nothing else.");
        }
        catch (JsonException fault)
        {
            throw new ApiFaultException(ApiFault.Malformed, "The API's refusal cannot be read.", fault);
        }
    }

    internal async Task<ApiResult<T>> Call<T>(ApiCall call, PortalSession? session, CancellationToken ct)
    {
        try
        {
            return await Try<T>(call, session, ct);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ApiFaultException(ApiFault.Unavailable, "The API does not answer.", fault);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new ApiFaultException(ApiFault.Malformed, "The API's answer cannot be read.", fault);
        }
    }

    internal Uri Address(string path) => new(options.Value.Api!, path);

    async Task<ApiResult<T>> Try<T>(ApiCall call, PortalSession? session, CancellationToken ct)
    {
        using var key = session is null ? null : ProofKey.Of(session.Key);
        var (hadNonce, hadPause) = (false, false);
        while (true)
        {
            using var answer = await Send(call, session, key, ct);
            var learned = key is not null && nonces.Learn(answer, call.Address, key);
            if (learned && !hadNonce && answer.StatusCode == HttpStatusCode.Unauthorized && IsAboutNonce(answer))
            {
                hadNonce = true;
            }
            else if (!hadPause && call.Method == HttpMethod.Get && answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && answer.Headers.RetryAfter?.Delta is { } pause && pause <= LongestWait)
            {
                hadPause = true;
                await Task.Delay(pause, clock, ct);
            }
            else
            {
                return await Read<T>(answer, call.Proof is not null, ct);
            }
        }
    }

    async Task<HttpResponseMessage> Send(ApiCall call, PortalSession? session, ProofKey? key, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(call.Method, call.Address);
        if (call.Body is not null)
        {
            message.Content = JsonContent.Create(call.Body, call.Body.GetType(), options: Json);
        }
        if (call.Operation is not null)
        {
            message.Headers.Add("Idempotency-Key", call.Operation);
        }
        if (call.Asker is not null)
        {
            message.Headers.TryAddWithoutValidation("X-Forwarded-For", call.Asker);
        }
        if (session is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"DPoP {session.Access}");
            message.Headers.Add("DPoP", key!.Prove(call.Method.Method, call.Address, nonces.For(call.Address, key), session.Access, clock.GetUtcNow(), call.Proof));
        }
        return await clients.CreateClient(call.IsLong ? LongClient : Client).SendAsync(message, ct);
    }

    static bool IsAboutNonce(HttpResponseMessage answer) =>
        answer.Headers.WwwAuthenticate.Any(challenge => challenge.Parameter?.Contains("use_dpop_nonce", StringComparison.Ordinal) == true);

    static async Task<ApiResult<T>> Read<T>(HttpResponseMessage answer, bool once, CancellationToken ct)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.NoContent:
                return new(default, null);
            case >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous:
                return new(await answer.Content.ReadFromJsonAsync<T>(Json, ct) ?? throw new JsonException("The answer is null."), null);
            case HttpStatusCode.Unauthorized when once && (await answer.Content.ReadFromJsonAsync<ApiProblem>(Json, ct))?.Code == "token.proof-replayed":
                throw new ApiFaultException(ApiFault.Repeated, "The API was asked the same before.");
            case HttpStatusCode.Unauthorized:
                throw new ApiFaultException(ApiFault.SessionEnded, "The API no longer takes the session's token.");
            case HttpStatusCode.TooManyRequests:
                throw new ApiFaultException(ApiFault.Busy, "The API asks to slow down.");
            case >= HttpStatusCode.InternalServerError:
                throw new ApiFaultException(ApiFault.Unavailable, $"The API answered with {(int)answer.StatusCode}.");
        }
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(Json, ct) ?? throw new JsonException("The problem is null.");
        return problem.Code switch
        {
            "identity.level-too-low" => throw new ApiFaultException(ApiFault.LevelTooLow, "The API needs a higher level."),
            // Ours to answer for: an API of another version, or a registration that lacks a scope.
            "route.unknown" or "route.method-not-allowed" or "token.scope-missing" =>
                throw new ApiFaultException(ApiFault.Malformed, $"The API does not know what was agreed: {problem.Code}."),
            _ => new(default, problem),
        };
    }
}

/// <summary>One call, as it can be sent again.</summary>
sealed record ApiCall(HttpMethod Method, Uri Address, object? Body, string? Operation, string? Proof = null)
{
    /// <summary>True if the answer may be longer than those that pages are made of.</summary>
    public bool IsLong { get; init; }

    /// <summary>For whom it is asked; the API believes it if it knows this portal as a proxy.</summary>
    public string? Asker { get; init; }
}
