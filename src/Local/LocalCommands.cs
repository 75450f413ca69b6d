using System.CommandLine;
using System.CommandLine.Parsing;
using Platform.Local.Kubernetes;

namespace Platform.Local;

/// <summary>The command line: without a command the province runs; <c>assertion</c> signs what a sector system needs for a token.</summary>
internal static class LocalCommands
{
    private const int MostCitizens = 1_000_000;
    private const int HighestBasePort = 65_000;

    public static RootCommand Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Folder of everything that is kept.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
            Recursive = true,
        };
        var citizens = new Option<int>("--citizens") { Description = "Citizens of the synthetic province, 10 to 1,000,000.", DefaultValueFactory = _ => 2000, Recursive = true };
        citizens.Validators.Add(result => Within(result, 10, MostCitizens));
        var port = new Option<int>("--port")
        {
            Description = "Base port: identity is at +1, the API at +2, the portal at +3.",
            DefaultValueFactory = _ => 5000,
        };
        port.Validators.Add(result => Within(result, 1024, HighestBasePort));
        var database = new Option<string?>("--database") { Description = "PostgreSQL connection string; without it the embedded database in the data folder is used." };
        var root = new RootCommand("A whole small province in one process. Ctrl-C stops it; the data folder keeps everything.")
        {
            data,
            citizens,
            port,
            database,
            AssertionCommand.Create(data),
            CodeCommand.Create(data),
            KubernetesCommand.Create(citizens),
        };
        root.SetAction((parsed, cancellation) => LocalProvince.Run(
            new LocalOptions(
                parsed.GetRequiredValue(data).FullName, parsed.GetValue(citizens), parsed.GetValue(port), parsed.GetValue(database)),
            cancellation));
        return root;
    }

    private static void Within(OptionResult result, int least, int most)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
        {
            result.AddError($"{result.Option.Name} lies between {least} and {most}.");
        }
    }
}

/// <summary>What the newcomer may choose.</summary>
internal sealed record LocalOptions(string Data, int Citizens, int BasePort, string? Database)
{
    public string Identity { get; init; } = $"http://localhost:{BasePort + 1}/";

    public string Api { get; init; } = $"http://localhost:{BasePort + 2}/";

    public string Portal { get; init; } = $"http://localhost:{BasePort + 3}/";

    public string PortalCallback => Portal + "signed-in";

    public string CounterCallback => Portal + "counter/signed-in";

    public string PlatformDatabase => Database ?? $"sqlite:{Path.Combine(Data, "province.db")}";

    public string IdentityDatabase => Database ?? $"sqlite:{Path.Combine(Data, "identity.db")}";

    public string File(params ReadOnlySpan<string> parts) => Path.Combine([Data, .. parts]);
}
