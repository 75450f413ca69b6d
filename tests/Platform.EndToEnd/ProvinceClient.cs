using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>A sector system and the people of a running province, as HTTP clients that know province.json and nothing else.</summary>
public sealed class ProvinceClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly JsonDocument _province;
    private readonly Dictionary<string, string> _tokens = [];

    public ProvinceClient(ProvinceProcess process)
        : this(process.Province(), new SocketsHttpHandler())
    {
    }

    /// <summary>For a province that is reached in another way than by the machine's own names.</summary>
    internal ProvinceClient(JsonDocument province, HttpMessageHandler way)
    {
        _province = province;
        _http = new HttpClient(way) { Timeout = TimeSpan.FromSeconds(30) };
    }

    public string Api => _province.RootElement.GetProperty("api").GetString()!;

    public IEnumerable<string> Systems => _province.RootElement.GetProperty("systems").EnumerateArray().Select(system => system.GetProperty("clientId").GetString()!);

    public JsonElement Example(string system) => Find(system).GetProperty("example");

    public string SubjectOf(string system) => Example(system).GetProperty("subject").GetProperty("personalId").GetString()!;

    public async Task<string> Token(string system)
    {
        if (_tokens.TryGetValue(system, out var token))
        {
            return token;
        }

        var identity = _province.RootElement.GetProperty("identity").GetString()!;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var key = new JsonWebKey(await File.ReadAllTextAsync(Find(system).GetProperty("keyFile").GetString()!));
        var assertion = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = system,
            Audience = identity,
            Claims = new Dictionary<string, object> { ["sub"] = system, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            Expires = now.AddMinutes(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = system,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        });
        using var answer = await _http.PostAsync(new Uri(identity + "connect/token"), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return _tokens[system] = json.RootElement.GetProperty("access_token").GetString()!;
    }

    public async Task<(int Status, JsonElement Body)> Disclose(string system, string? body = null) =>
        await Send(HttpMethod.Post, "v1/disclosures", await Token(system), body ?? Example(system).GetRawText());

    /// <summary>Asks the API; whoever asks again after a fault names the same key.</summary>
    public async Task<(int Status, JsonElement Body)> Send(HttpMethod method, string path, string token, string? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, Api + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public void Dispose()
    {
        _http.Dispose();
        _province.Dispose();
    }

    private JsonElement Find(string system) => _province.RootElement.GetProperty("systems").EnumerateArray()
        .Single(candidate => candidate.GetProperty("clientId").ValueEquals(system));
}
