using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Platform.Api.Problems;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Platform.Api.OpenApi;

/// <summary>What holds for all operations, and the published list of codes as examples of problems.</summary>
sealed class DocumentTexts(IOptions<JsonOptions> json) : IOpenApiDocumentTransformer
{
    const string Description =
        """
        Data of citizens for those who may have it, and for the citizens themselves.

        **Errors** are problem details (RFC 9457) with a stable `code`, in English and Vietnamese; `components/examples` lists every code. Unknown routes answer
        `route.unknown`, wrong methods `route.method-not-allowed`, requests that are not proper HTTP `request.malformed`; `access.refused` is the answer where nothing else
        says why. After a 503 nothing was released or acknowledged.

        **Input** is read strictly: unknown or repeated members, wrong types, control characters (line breaks too) and texts that are not in Unicode NFC are refused. Values
        are never repeated in errors. A body may have 64 KB (a consent: 192 KB, a rule book: 1 MB) and 16 levels. Only the texts of a consent's evidence, a report and its answer may have line feeds.

        **Tokens** are sent as `Authorization: Bearer`; one bound to a key (`cnf.jkt`) as `Authorization: DPoP` with a proof in the `DPoP` header (RFC 9449), whose `nonce` is the
        newest `DPoP-Nonce` that was answered (each proof counts once); one bound to a certificate (`cnf.x5t#S256`) over a connection with that certificate (RFC 8705). A person's
        session is asked at every call: once it has ended, `session.ended`.

        **Personal IDs** never stand in a URL. **Instants** are ISO 8601 with an offset, days are `yyyy-MM-dd` in Vietnam.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Citizen data platform", Version = "1", Description = Description };
        document.Servers = [];
        var components = document.Components ??= new OpenApiComponents();
        components.Examples ??= new Dictionary<string, IOpenApiExample>();
        foreach (var code in ErrorCodes.Published)
        {
            components.Examples[code.Code] = new OpenApiExample
            {
                Summary = code.Title.En,
                Value = JsonNodes.Of(new Problem(code), json.Value.SerializerOptions),
            };
        }

        return Task.CompletedTask;
    }
}
