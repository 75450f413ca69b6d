using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Local;

/// <summary>Writes <c>province.json</c> and one example body a system, for tools, tests and the curl session.</summary>
internal static class ProvinceFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task Write(LocalOptions options, Examples examples, IEnumerable<CitizenRecord> people, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.File("examples"));
        var systems = new JsonArray();
        foreach (var system in RuleBook.Shipped.Systems)
        {
            var example = await examples.For(system);
            if (example is not null)
            {
                await File.WriteAllTextAsync(options.File("examples", $"{system.Id}.json"), example.ToJsonString(Readable), cancellation);
            }

            systems.Add(new JsonObject
            {
                ["clientId"] = system.Id,
                ["name"] = system.Name.Vi,
                ["keyFile"] = SystemKeys.Path(options, system.Id),
                ["example"] = example,
            });
        }

        var province = new JsonObject
        {
            ["identity"] = options.Identity,
            ["api"] = options.Api,
            ["portal"] = options.Portal,
            ["systems"] = systems,
            ["relyingParties"] = new JsonArray(
                Party(options, Registrations.Portal, options.PortalCallback), Party(options, Registrations.Counter, options.CounterCallback)),
            ["people"] = new JsonArray(
            [
                .. people.Select(record => new JsonObject
                {
                    ["personalId"] = record.PersonalId.Reveal(),
                    ["name"] = record.Attribute("profile.fullName"),
                }),
            ]),
        };
        var draft = options.File("province.json.new");
        await File.WriteAllTextAsync(draft, province.ToJsonString(Readable), cancellation);
        File.Move(draft, options.File("province.json"), overwrite: true);
    }

    private static JsonObject Party(LocalOptions options, string clientId, string redirect) => new()
    {
        ["clientId"] = clientId,
        ["keyFile"] = SystemKeys.Path(options, clientId),
        ["redirectUri"] = redirect,
    };
}
