using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Api;

public sealed class FaultTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_unavailable_and_a_bug_is_a_fault_that_tells_nothing()
    {
        await using var server = await ApiServer.Start(("Api:Deadline", "00:00:00.300"));
        Exception? fault = null;
        server.Grains.On<ICitizenSelf, string?>("GetRecord", _ => throw fault!);
        foreach (var (exception, status, code) in new (Exception, int, string)[]
        {
            (new TimeoutException("067199000017"), 503, "platform.unavailable"),
            (new OperationCanceledException("067199000017"), 503, "platform.unavailable"),
            (new GatewayTooBusyException("067199000017"), 503, "platform.busy"),
            (new SiloUnavailableException("067199000017"), 503, "platform.unavailable"),
            (new TryAgainException("invented", "067199000017"), 503, "platform.unavailable"),
            (new InvalidOperationException("067199000017"), 500, "platform.fault"),
        })
        {
            fault = exception;

            var answer = await server.Get("/v1/me", server.CitizenToken("me.read"));

            answer.AssertRefused(status, code);
            Assert.DoesNotContain("067199000017", answer.Text, StringComparison.Ordinal);
            Assert.NotEmpty(answer.Json.GetProperty("traceId").GetString()!);
            Assert.Equal(status == 503, answer.Headers.ContainsKey("Retry-After"));
        }
    }

    [Fact]
    public async Task While_the_keys_of_an_issuer_cannot_be_had_no_token_is_blamed()
    {
        await using var server = await ApiServer.Start();
        server.Systems.Down = true;

        (await server.Get("/v1/catalogue", server.SystemToken("catalogue.read"))).AssertRefused(503, "platform.unavailable");
    }

    [Fact]
    public async Task A_process_is_live_without_a_cluster_and_ready_only_with_one()
    {
        await using var server = await ApiServer.Start();

        Assert.Equal(200, (await server.Get("/health/live", null)).Status);
        Assert.Equal(503, (await server.Get("/health/ready", null)).Status);

        server.Grains.On<IManagementGrain, Dictionary<SiloAddress, SiloStatus>>(
            "GetHosts", _ => new() { [SiloAddress.New(new(1, 30000), 1)] = SiloStatus.Active });
        Assert.Equal(200, (await server.Get("/health/ready", null)).Status);

        server.Grains.On<IManagementGrain, Dictionary<SiloAddress, SiloStatus>>("GetHosts", _ => throw new TimeoutException());
        Assert.Equal(503, (await server.Get("/health/ready", null)).Status);
    }

    [Fact]
    public async Task Nobody_can_start_the_api_without_saying_whose_tokens_count()
    {
        await using var app = ApiHost.Build([], builder => builder.WebHost.UseSetting("urls", "http://127.0.0.1:0"));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Ct));

        Assert.Contains("Set Api:TrustedIssuers:0:Issuer", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kinds:0", "", "Set Api:TrustedIssuers:0:Kinds:0")]
    [InlineData("Issuer", "", "Set Api:TrustedIssuers:0:Issuer")]
    [InlineData("Issuer", "http://identity.example.vn/", "must begin with https://")]
    [InlineData("MetadataAddress", "http://identity.example.vn/keys", "must begin with https://")]
    [InlineData("Authority", "identity", "Set Api:TrustedIssuers:0:MetadataAddress")]
    public void A_half_trusted_issuer_is_refused_with_what_to_do(string setting, string value, string sentence)
    {
        var issuer = new Platform.Api.Callers.TrustedIssuer { Issuer = "https://identity.example.vn/", Kinds = { Platform.Api.Callers.CallerKind.System } };
        switch (setting)
        {
            case "Kinds:0":
                issuer.Kinds.Clear();
                break;
            case "Issuer":
                issuer.Issuer = value;
                break;
            case "Authority":
                issuer.Authority = new Uri(value, UriKind.RelativeOrAbsolute);
                break;
            default:
                issuer.MetadataAddress = new Uri(value, UriKind.RelativeOrAbsolute);
                break;
        }

        var findings = new ApiOptions { TrustedIssuers = { issuer } }.Validate(new(new object())).Select(finding => finding.ErrorMessage!).ToImmutableArray();

        Assert.Contains(sentence, Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_without_gateways_says_which_setting_is_missing() =>
        Assert.Contains("Cluster:Gateways:0", Assert.Single(new Platform.Hosting.Cluster.ClusterOptions().Validate(new(new object()))).ErrorMessage!, StringComparison.Ordinal);
}
