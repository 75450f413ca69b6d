using System.Text.Json.Nodes;
using Platform.Tests.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Two instances that share one memory of proofs.</summary>
public sealed class ProofReplayTests
{
    const string Path = "/v1/catalogue";
    static readonly ProofMaker Key = new();

    [Fact]
    public async Task A_proof_counts_once_at_whichever_instance()
    {
        var grains = new FakeGrains().TakesProofs();
        await using var first = await ApiServer.Start(grains);
        await using var second = await ApiServer.Start(grains);
        void SameProof(JsonObject claims) => claims["jti"] = "same";

        (await first.SendProved(Path, Bound(first, Key), Key, change: SameProof)).AssertRefused(500, "platform.fault");
        foreach (var server in new[] { first, second })
        {
            var answer = await server.SendProved(Path, Bound(server, Key), Key, change: SameProof);
            answer.AssertRefused(401, "token.proof-replayed");
            Assert.StartsWith("DPoP error=\"invalid_dpop_proof\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_many_requests_with_one_proof_at_two_instances_one_gets_through()
    {
        var grains = new FakeGrains().TakesProofs();
        await using var first = await ApiServer.Start(grains);
        await using var second = await ApiServer.Start(grains);
        var tokens = new Dictionary<ApiServer, string> { [first] = Bound(first, Key), [second] = Bound(second, Key) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => index % 2 == 0 ? first : second)
            .Select(server => server.SendProved(Path, tokens[server], Key, change: claims => claims["jti"] = "same")));

        Assert.Single(answers, answer => answer.Code == "platform.fault");
        Assert.Equal(19, answers.Count(answer => answer.Code == "token.proof-replayed"));
    }

    static string Bound(ApiServer server, ProofMaker key) => server.Systems.BoundSystem(ApiServer.System, key.Thumbprint, "catalogue.read");
}
