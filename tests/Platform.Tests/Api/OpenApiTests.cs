using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Api.ConsentRequests;
using Platform.Api.Disclosures;
using Platform.Api.Documents;
using Platform.Api.Input;
using Platform.Api.Me;
using Platform.Api.Notifications;
using Platform.Api.OpenApi;
using Platform.Api.Presentations;
using Platform.Api.Problems;
using Platform.Api.Reports;
using Platform.Api.RuleBooks;
using Platform.Api.Systems;
using Xunit;

namespace Platform.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_checked_in_description_is_the_one_the_code_gives()
    {
        var written = await PublishedDocument.Write();

        Assert.True(
            written == await File.ReadAllTextAsync(Repository.File("api/openapi.json"), TestContext.Current.CancellationToken),
            "api/openapi.json differs from the code. If the change is meant: dotnet run --project api -- openapi > api/openapi.json");
    }

    [Fact]
    public async Task The_description_that_is_served_is_the_checked_in_one_and_needs_no_token()
    {
        await using var server = await ApiServer.Start();

        var answer = await server.Get("/openapi/v1.json", null);

        Assert.Equal("3.1.1", answer.AssertOk().GetProperty("openapi").GetString());
        Assert.True(JsonElement.DeepEquals(PublishedCodes.Document, answer.Json));
    }

    [Fact]
    public void Every_code_is_published_and_every_published_code_exists() =>
        Assert.Equal(ErrorCodes.Published.Select(code => code.Code).Order(StringComparer.Ordinal), PublishedCodes.All.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_belongs_to_an_operation_or_is_none_of_any()
    {
        string[] ofNone = ["access.refused", "request.malformed", "route.method-not-allowed", "route.unknown"];
        var used = PublishedCodes.Operations.SelectMany(operation => PublishedCodes.Of(operation.Operation)).Distinct();

        Assert.Equal(PublishedCodes.All.Except(ofNone).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_has_a_lawful_status_and_texts_in_both_languages() => Assert.All(ErrorCodes.Published, code =>
    {
        Assert.InRange(code.Status, 400, 503);
        Assert.All(new[] { code.Title.Vi, code.Title.En, code.WayOut.Vi, code.WayOut.En }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.NotEqual(code.Title.Vi, code.Title.En);
        Assert.NotEqual(code.WayOut.Vi, code.WayOut.En);
        Assert.True(code.Title.Vi.IsNormalized());
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$", code.Code);
    });

    [Fact]
    public void Every_operation_says_which_token_it_needs_and_has_an_example_of_its_answer() => Assert.All(PublishedCodes.Operations, operation =>
    {
        var needsToken = operation.Operation.GetProperty("operationId").GetString() != "showPresentation";
        Assert.Equal(needsToken, operation.Operation.TryGetProperty("security", out var security) && security.EnumerateArray().Any());
        var responses = operation.Operation.GetProperty("responses");
        Assert.True(responses.TryGetProperty("204", out _)
            || responses.GetProperty("200").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _));
        Assert.Equal(needsToken, PublishedCodes.Of(operation.Operation, 401).Contains("token.missing"));
        Assert.Contains("platform.unavailable", PublishedCodes.Of(operation.Operation, 503));
    });

    [Fact]
    public async Task Every_example_of_a_body_is_accepted()
    {
        await using var server = await ApiServer.Start();
        var options = server.App.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var readers = new Dictionary<string, Func<byte[], Refusal?>>
        {
            ["askDisclosure"] = json => StrictJson.Read<DisclosureAsk>(json, options).Refusal,
            ["putDocument"] = json => StrictJson.Read<DocumentPush>(json, options).Refusal,
            ["decideConsent"] = json => StrictJson.Read<ConsentDecision>(json, options).Refusal,
            ["requestConsent"] = json => StrictJson.Read<ConsentRequestAsk>(json, options).Refusal,
            ["decideRequest"] = json => StrictJson.Read<RequestDecision>(json, options).Refusal,
            ["chooseMyNotifications"] = json => StrictJson.Read<NotificationChoices>(json, options).Refusal,
            ["markMyNotificationsSeen"] = json => StrictJson.Read<SeenNotifications>(json, options).Refusal,
            ["openMyReport"] = json => StrictJson.Read<ReportAsk>(json, options).Refusal,
            ["answerReport"] = json => StrictJson.Read<ReportSettlement>(json, options).Refusal,
            ["makePresentation"] = json => StrictJson.Read<PresentationAsk>(json, options).Refusal,
            ["showPresentation"] = json => StrictJson.Read<PresentedCode>(json, options).Refusal,
            ["draftRuleBook"] = json => StrictJson.Read<RuleBookDraft>(json, options).Refusal,
            ["reviewRuleBook"] = json => StrictJson.Read<RuleBookReview>(json, options).Refusal,
            ["publishRuleBook"] = json => StrictJson.Read<RuleBookPublication>(json, options).Refusal,
            ["suspendSystem"] = json => StrictJson.Read<SystemStep>(json, options).Refusal,
            ["resumeSystem"] = json => StrictJson.Read<SystemStep>(json, options).Refusal,
        };
        var withBody = PublishedCodes.Operations.Where(operation => operation.Operation.TryGetProperty("requestBody", out _)).ToList();

        Assert.Equal(readers.Keys.Order(), withBody.Select(operation => operation.Operation.GetProperty("operationId").GetString()!).Order());
        Assert.All(withBody, operation =>
        {
            var example = operation.Operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");
            Assert.Null(readers[operation.Operation.GetProperty("operationId").GetString()!](System.Text.Encoding.UTF8.GetBytes(example.GetRawText())));
        });
    }
}
