using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Health;
using Platform.Tests.Api;
using Platform.Tests.Manifests.Checks;
using Xunit;

namespace Platform.Tests.Manifests;

/// <summary>Both overlays hold together. That each check would notice a fault is what <see cref="BrokenManifestTests"/> is for.</summary>
public sealed class ManifestTests(Kustomizer kustomizer)
{
    [Theory, EachOverlay]
    public void What_selects_pods_selects_those_it_means(string overlay) => Assert.Empty(SelectorCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void Every_port_that_is_spoken_of_is_there(string overlay) => Assert.Empty(PortCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void Every_Secret_and_ConfigMap_is_there_or_documented(string overlay) =>
        Assert.Empty(ReferenceCheck.Findings(kustomizer.Read(overlay), Runbook.Secrets()));

    [Theory, EachOverlay]
    public void A_node_can_be_drained_and_every_program_can_grow(string overlay) => Assert.Empty(ScaleCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void Every_pod_is_fit_for_restricted_Pod_Security(string overlay) => Assert.Empty(SafetyCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void A_program_is_asked_three_questions_and_has_time_to_leave(string overlay) =>
        Assert.Empty(LifeCheck.Findings(kustomizer.Read(overlay), HealthPaths()));

    [Theory, EachOverlay]
    public void Every_image_is_built_here_under_the_version_that_is_applied(string overlay) => Assert.Empty(ImageCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void Every_setting_is_one_that_its_program_understands(string overlay) => Assert.Empty(SettingCheck.Findings(kustomizer.Read(overlay)));

    [Theory, EachOverlay]
    public void The_policies_allow_the_flows_of_the_picture_and_no_others(string overlay)
    {
        var read = kustomizer.Read(overlay);

        Assert.Empty(FlowCheck.Findings(read, Runbook.Picture(read)));
    }

    [Fact]
    public void Every_test_that_is_said_to_carry_out_a_procedure_is_there()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Repository.File("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.NotEmpty(Runbook.Tests());
        Assert.All(Runbook.Tests(), test => Assert.Contains($" {test}(", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void A_real_province_has_nobody_who_talks_to_Kubernetes_and_no_Secret_in_its_files()
    {
        var production = kustomizer.Read("production");

        Assert.Empty(production.All<V1Role>());
        Assert.Empty(production.All<V1Secret>());
        Assert.DoesNotContain(production.Workloads, workload => (workload.Pod.Volumes ?? []).Any(volume => volume.Projected is not null));
    }

    internal static HashSet<string> HealthPaths()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddHealthChecks();
        using var app = builder.Build();
        app.MapPlatformHealth();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!)];
    }
}
