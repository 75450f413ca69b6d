using System.Globalization;

namespace Platform.Load.Stack;

/// <summary>What the programs of a stack are told in environment variables.</summary>
internal sealed class StackSettings(StackOptions options, string database, string identityDatabase, ClusterAuthority authority, StackAddresses addresses, string people)
{
    private const string Unlimited = "1000000";
    private readonly string _ring = authority.KeyRing();

    // Where versions change under load a job of the newer one migrates first, and everybody else only looks whether what they need is there.
    private string Migrates => options.Older is null ? "true" : "false";

    public Dictionary<string, string> Silo(int number) => With(options.Certificates ? authority.ForSilo() : [], new()
    {
        ["Database"] = database,
        ["Cluster__Address"] = addresses.Silos[number].Address,
        ["Cluster__SiloPort"] = Text(addresses.Silos[number].Port),
        ["Cluster__GatewayPort"] = Text(addresses.Silos[number].Gateway),
        ["Urls"] = $"http://127.0.0.1:{addresses.Silos[number].Http}",
        ["Schema__Migrate"] = Migrates,
    });

    public Dictionary<string, string> Api(int number) => With(Client(), new()
    {
        ["Urls"] = addresses.Apis[number],
        ["Api__TrustedIssuers__0__Issuer"] = addresses.Issuer,
        ["Api__TrustedIssuers__0__Kinds__0"] = "system",
        ["Api__TrustedIssuers__0__Kinds__1"] = "person",
        ["Api__TrustedIssuers__1__Issuer"] = people,
        ["Api__TrustedIssuers__1__Kinds__0"] = "system",
        ["Api__TrustedIssuers__1__Kinds__1"] = "person",
        ["Api__TrustedIssuers__1__LiveSessions"] = "false",
        ["Api__Limits__SystemPerSecond"] = Unlimited,
        ["Api__Limits__SystemBurst"] = Unlimited,
        ["Api__Limits__PersonPerMinute"] = Unlimited,
        ["Api__Limits__PersonBurst"] = Unlimited,
        ["Api__Limits__FailuresPerMinute"] = Unlimited,
    });

    public Dictionary<string, string> Identity(string urls) => With(Client(), new()
    {
        ["Urls"] = urls,
        ["Identity__Issuer"] = addresses.Issuer,
        ["Identity__Database"] = identityDatabase,
        ["Identity__KeyRingCertificate"] = _ring,
        ["Identity__MigrateSchema"] = Migrates,
        ["Identity__TokenRequestsPerMinute"] = Unlimited,
        ["Identity__PageRequestsPerMinute"] = Unlimited,
    });

    private Dictionary<string, string> Client()
    {
        var settings = options.Certificates ? authority.ForClient() : [];
        foreach (var (index, silo) in addresses.Silos.Index())
        {
            settings[$"Cluster__Gateways__{index}"] = $"{silo.Address}:{silo.Gateway}";
        }

        return settings;
    }

    private Dictionary<string, string> With(params ReadOnlySpan<Dictionary<string, string>> parts)
    {
        Dictionary<string, string> all = new()
        {
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
        foreach (var part in parts)
        {
            Add(all, part);
        }

        Add(all, options.Settings);
        return all;
    }

    private static void Add(Dictionary<string, string> all, IEnumerable<KeyValuePair<string, string>> more)
    {
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
