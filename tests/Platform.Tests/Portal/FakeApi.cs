using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Tests.Portal;

/// <summary>An API that answers what a test says it answers, and keeps what it was asked.</summary>
internal sealed class FakeApi
{
    readonly ConcurrentDictionary<string, Func<ApiAsk, HttpResponseMessage>> _answers = new();

    public ConcurrentQueue<ApiAsk> Asked { get; } = new();

    /// <summary>If false, nobody answers.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Answers everything that comes with a token with 401 session.ended.</summary>
    public bool SessionEnded { get; set; }

    /// <summary>The nonce that proofs must have.</summary>
    public string Nonce { get; set; } = "n-1";

    /// <summary>What a route answers: JSON as text.</summary>
    public void Answers(string route, string json, int status = 200) => Answers(route, _ => Json(json, status));

    public void Answers(string route, Func<ApiAsk, HttpResponseMessage> answer) => _answers[route] = answer;

    /// <summary>What a route refuses with.</summary>
    public void Refuses(string route, int status, string code) => Answers(route, Problem(status, code).ToJsonString(), status);

    public IEnumerable<ApiAsk> Of(string route) => Asked.Where(ask => ask.Route == route);

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        if (!IsUp)
        {
            throw new HttpRequestException("Nobody is there.");
        }
        var ask = new ApiAsk(
            request.Method.Method,
            request.RequestUri!.PathAndQuery,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(),
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
            request.Headers.TryGetValues("Authorization", out var tokens) ? tokens.Single() : null,
            request.Headers.TryGetValues("DPoP", out var proofs) ? proofs.Single() : null);
        if (ask.Proof is not null && ProofNonce(ask.Proof) != Nonce)
        {
            var again = Json(Problem(401, "token.nonce-needed").ToJsonString(), 401);
            again.Headers.WwwAuthenticate.ParseAdd("DPoP error=\"use_dpop_nonce\"");
            again.Headers.Add("DPoP-Nonce", Nonce);
            return again;
        }
        Asked.Enqueue(ask);
        return ask.Token is not null && SessionEnded ? Json(Problem(401, "session.ended").ToJsonString(), 401)
            : _answers.TryGetValue(ask.Route, out var answer) ? answer(ask)
            : Json(Problem(404, "route.unknown").ToJsonString(), 404);
    }

    public static HttpResponseMessage Json(string json, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static JsonObject Problem(int status, string code) => new()
    {
        ["type"] = $"urn:platform:problem:{code}",
        ["title"] = $"English title of {code}",
        ["titleVi"] = $"Tiêu đề của {code}",
        ["detail"] = $"English way out of {code}",
        ["detailVi"] = $"Lối ra của {code}",
        ["status"] = status,
        ["code"] = code,
    };

    static string? ProofNonce(string proof) =>
        (string?)JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(proof.Split('.')[1]))!["nonce"];
}

/// <summary>What the API was asked.</summary>
internal sealed record ApiAsk(string Method, string Path, string Body, string? Operation, string? Token, string? Proof)
{
    /// <summary>Method and path without query.</summary>
    public string Route => $"{Method} {Path.Split('?')[0]}";
}
