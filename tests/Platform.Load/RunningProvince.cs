using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Platform.Domain.Citizens;
using Platform.Synthetic;

namespace Platform.Load;

/// <summary>A province that runs on this machine, known by the files in its data folder.</summary>
internal sealed class RunningProvince(JsonElement province, JsonElement seed)
{
    public string Api => province.GetProperty("api").GetString()!;

    public string Identity => province.GetProperty("identity").GetString()!;

    public static async Task<RunningProvince> Read(string data, CancellationToken cancellation) => new(
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "province.json"), cancellation)).RootElement,
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "seed.json"), cancellation)).RootElement);

    /// <summary>The private key of a sector system.</summary>
    public JsonWebKey Key(string system) => new(File.ReadAllText(Find(system).GetProperty("keyFile").GetString()!));

    public IEnumerable<CitizenRecord> Records() => SyntheticProvince
        .Generate(new SyntheticOptions
        {
            Citizens = seed.GetProperty("citizens").GetInt32(),
            Seed = seed.GetProperty("seed").GetInt32(),
            AsOf = DateOnly.Parse(seed.GetProperty("asOf").GetString()!, CultureInfo.InvariantCulture),
        })
        .Select(row => row.Record);

    private JsonElement Find(string system) => province.GetProperty("systems").EnumerateArray()
        .Single(candidate => candidate.GetProperty("clientId").ValueEquals(system));
}
