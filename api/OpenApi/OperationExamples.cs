using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Platform.Api.Input;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Platform.Api.OpenApi;

/// <summary>Puts examples on bodies and tells of the Idempotency-Key header.</summary>
sealed class OperationExamples(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId is { } id)
        {
            Put(operation.RequestBody?.Content, Examples.Request(id), JsonNodes.WithoutNulls);
            Put(operation.Responses?.GetValueOrDefault("200")?.Content, Examples.Response(id), JsonNodes.Of);
            DescribeKey(operation, id);
        }

        return Task.CompletedTask;
    }

    void Put(IDictionary<string, OpenApiMediaType>? content, object? example, Func<object, JsonSerializerOptions, JsonNode> write)
    {
        if (example is not null && content?.TryGetValue("application/json", out var media) == true)
        {
            media.Example = write(example, json.Value.SerializerOptions);
        }
    }

    static void DescribeKey(OpenApiOperation operation, string id)
    {
        if (id is not ("answerReport" or "decideConsent" or "decideRequest" or "draftRuleBook" or "makePresentation" or "openMyReport" or "requestConsent"
            or "withdrawConsent"))
        {
            return;
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header,
            In = ParameterLocation.Header,
            Required = id != "withdrawConsent",
            Description = "One for each operation, the same when it is tried again.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = IdempotencyKey.Pattern },
        });
    }
}
