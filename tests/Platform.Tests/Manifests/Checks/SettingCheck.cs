using System.Collections;
using System.ComponentModel;
using Platform.Api;
using Platform.Hosting.Cluster;
using Platform.Hosting.Forwarding;
using Platform.Hosting.Telemetry;
using Platform.Identity;
using Platform.Identity.Keys;
using Platform.Identity.Storage;
using Platform.Portal;
using Platform.Silo.Cluster;
using Platform.Silo.Dashboard;
using Platform.Silo.Ledger;
using Platform.Silo.Rules;
using Platform.Silo.Storage;

namespace Platform.Tests.Manifests.Checks;

/// <summary>Every variable that a container is given is one that its program knows, with a value of the right form: a setting with a slip of the pen does nothing.</summary>
internal static class SettingCheck
{
    private static readonly Dictionary<string, (string Section, Type Options)[]> Known = new()
    {
        ["silo"] =
        [
            (SiloOptions.Section, typeof(SiloOptions)), (SchemaOptions.Section, typeof(SchemaOptions)), (LedgerOptions.Section, typeof(LedgerOptions)),
            (RuleOptions.Section, typeof(RuleOptions)), (DashboardOptions.Section, typeof(DashboardOptions)),
        ],
        ["api"] = [(ClusterOptions.Section, typeof(ClusterOptions)), (ApiOptions.Section, typeof(ApiOptions)), ("Api__ForwardedHeaders", typeof(ForwardingOptions))],
        ["identity"] =
        [
            (ClusterOptions.Section, typeof(ClusterOptions)), ("Identity", typeof(IdentityOptions)), ("Identity", typeof(StorageOptions)),
            ("Identity__Keys", typeof(SigningKeyOptions)), ("Identity__ForwardedHeaders", typeof(ForwardingOptions)),
        ],
        ["portal"] = [(PortalOptions.Section, typeof(PortalOptions)), ("Portal__ForwardedHeaders", typeof(ForwardingOptions))],
    };

    private static readonly HashSet<string> Everywhere =
    [
        "Urls", "Kestrel__Certificates__Default__Path", "Kestrel__Certificates__Default__KeyPath", "SSL_CERT_FILE", PlatformDatabase.ConfigurationKey,
    ];

    public static IEnumerable<string> Findings(Overlay overlay) =>
        from workload in overlay.Workloads
        let image = workload.Container.Image.Split(':')[0].Replace("platform/", "", StringComparison.Ordinal)
        where Known.ContainsKey(image)
        from setting in overlay.Settings(workload.Container)
        where !Everywhere.Contains(setting.Key) && !Known[image].Any(known => Fits(known.Options, setting.Key, known.Section + "__", setting.Value))
            && !Fits(typeof(TelemetryOptions), setting.Key, TelemetryOptions.Section + "__", setting.Value)
        select $"{workload.Name} is given {setting.Key}={setting.Value}, which it does not understand.";

    private static bool Fits(Type options, string name, string section, string value) =>
        name.StartsWith(section, StringComparison.Ordinal) && Fits(options, name[section.Length..].Split("__"), value);

    private static bool Fits(Type type, ReadOnlySpan<string> path, string value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (path.IsEmpty)
        {
            return value.Length == 0 || TypeDescriptor.GetConverter(plain).IsValid(value);
        }

        if (plain != typeof(string) && plain.IsAssignableTo(typeof(IEnumerable)))
        {
            return int.TryParse(path[0], out _) && Fits(plain.GetGenericArguments()[0], path[1..], value);
        }

        return plain.GetProperty(path[0]) is { } property && Fits(property.PropertyType, path[1..], value);
    }
}
