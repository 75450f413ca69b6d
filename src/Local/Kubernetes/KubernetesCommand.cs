using System.CommandLine;

namespace Platform.Local.Kubernetes;

/// <summary>What the overlay for a try-out on Kubernetes needs done inside the cluster; a real province is given its secrets and its citizens by its operators.</summary>
internal static class KubernetesCommand
{
    public static Command Create(Option<int> citizens)
    {
        var secrets = new Command("secrets", "Makes keys, passwords and certificates for the Secrets of the namespace that are still empty.");
        secrets.SetAction(async (_, cancellation) =>
        {
            using var cluster = new SecretStore();
            await new ProvinceSecrets(cluster, TimeProvider.System).Fill(cancellation);
            return 0;
        });
        var fill = new Command("fill", "Takes in the synthetic citizens, registers every sector system, makes a few e-IDs. Safe to run twice.");
        fill.SetAction(async (parsed, cancellation) =>
        {
            using var cluster = new SecretStore();
            await FilledProvince.Ensure(cluster, parsed.GetValue(citizens), cancellation);
            return 0;
        });
        return new Command("kubernetes", "Jobs of the overlay k8s/overlays/local.") { secrets, fill };
    }
}
