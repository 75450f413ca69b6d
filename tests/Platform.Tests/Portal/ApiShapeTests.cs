using System.Collections.Immutable;
using System.Text.Json;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Tests.Api;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>What the portal expects is what the API publishes: each answer that is published as an example is read as the portal reads it.</summary>
public sealed class ApiShapeTests
{
    static readonly Dictionary<string, Type> Shapes = new()
    {
        ["/v1/me"] = typeof(Platform.Portal.Api.Shapes.Record),
        ["/v1/me/documents"] = typeof(ImmutableArray<HeldDocument>),
        ["/v1/me/accesses"] = typeof(AccessPage),
        ["/v1/me/accesses/summary"] = typeof(AccessSummary),
        ["/v1/me/accesses/{id}"] = typeof(Access),
        ["/v1/me/consents"] = typeof(ImmutableArray<HeldConsent>),
        ["/v1/me/consents/{id}"] = typeof(ConsentDetail),
        ["/v1/me/reports"] = typeof(ImmutableArray<Report>),
        ["/v1/me/requests"] = typeof(ImmutableArray<ConsentRequest>),
        ["/v1/me/requests/{id}"] = typeof(ConsentRequest),
    };

    public static TheoryData<string> Paths => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Paths))]
    public void Published_answers_are_understood(string path)
    {
        var example = PublishedCodes.Document.GetProperty("paths").GetProperty(path).GetProperty("get")
            .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");
        Assert.NotNull(example.Deserialize(Shapes[path], ApiClient.Json));
    }
}
