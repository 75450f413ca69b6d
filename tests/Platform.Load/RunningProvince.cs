using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Synthetic;

namespace Platform.Load;

/// <summary>A province that runs on this machine, known by the files in its data folder.</summary>
internal sealed class RunningProvince(JsonElement province, JsonElement seed)
{
    public string Api => province.GetProperty("api").GetString()!;

    public static async Task<RunningProvince> Read(string data, CancellationToken cancellation) => new(
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "province.json"), cancellation)).RootElement,
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "seed.json"), cancellation)).RootElement);

    public string Example(string system) => Find(system).GetProperty("example").GetRawText();

    public IEnumerable<string> Citizens() => SyntheticProvince
        .Generate(new SyntheticOptions
        {
            Citizens = seed.GetProperty("citizens").GetInt32(),
            Seed = seed.GetProperty("seed").GetInt32(),
            AsOf = DateOnly.Parse(seed.GetProperty("asOf").GetString()!, CultureInfo.InvariantCulture),
        })
        .Select(row => row.Record.PersonalId.Reveal());

    public async Task<string> Token(HttpClient http, string system, CancellationToken cancellation)
    {
        var identity = province.GetProperty("identity").GetString()!;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var key = new JsonWebKey(await File.ReadAllTextAsync(Find(system).GetProperty("keyFile").GetString()!, cancellation));
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
        using var answer = await http.PostAsync(new Uri(identity + "connect/token"), form, cancellation);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    private JsonElement Find(string system) => province.GetProperty("systems").EnumerateArray()
        .Single(candidate => candidate.GetProperty("clientId").ValueEquals(system));
}
