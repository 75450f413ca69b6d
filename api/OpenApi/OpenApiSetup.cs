using Microsoft.OpenApi;

namespace Platform.Api.OpenApi;

/// <summary>The published description: who may call what, with which input, and every code that an operation can answer with.</summary>
static class OpenApiSetup
{
    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi(PublishedDocument.Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer<DocumentTexts>();
        options.AddOperationTransformer<OperationAccess>();
        options.AddOperationTransformer<OperationProblems>();
        options.AddOperationTransformer<OperationExamples>();
    });
}
