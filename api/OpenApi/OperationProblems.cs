using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Api.Callers;
using Platform.Api.Disclosures;
using Platform.Api.Problems;

namespace Platform.Api.OpenApi;

/// <summary>Lists, by status, every code with which an operation can answer.</summary>
sealed class OperationProblems : IOpenApiOperationTransformer
{
    static readonly ApiError[] Always =
    [
        ErrorCodes.RateLimited, ErrorCodes.Fault, ErrorCodes.Unavailable, ErrorCodes.Busy, ErrorCodes.LedgerMoved, ErrorCodes.LedgerBusy,
        ErrorCodes.LedgerUnavailable, ErrorCodes.RecordUnavailable, ErrorCodes.RulesUnconfirmed,
    ];

    static readonly ApiError[] WithToken =
    [
        ErrorCodes.TokenMissing, ErrorCodes.TokenInvalid, ErrorCodes.TokenExpired, ErrorCodes.TokenIssuerUntrusted, ErrorCodes.TokenAudienceWrong,
        ErrorCodes.TokenWrongKind, ErrorCodes.TokenScopeMissing, ErrorCodes.TokenSeveral, ErrorCodes.TokenProofMissing, ErrorCodes.TokenProofInvalid,
        ErrorCodes.TokenProofReplayed, ErrorCodes.TokenNonceNeeded, ErrorCodes.TokenNotBound, ErrorCodes.TokenBindingRequired,
        ErrorCodes.TokenCertificateMissing, ErrorCodes.TokenCertificateWrong, ErrorCodes.TokenSessionMissing, ErrorCodes.SessionEnded,
    ];

    static readonly ApiError[] WithBody =
    [
        ErrorCodes.JsonMalformed, ErrorCodes.ShapeInvalid, ErrorCodes.TextNotNormalized, ErrorCodes.TextControlCharacter, ErrorCodes.ContentType,
        ErrorCodes.TooLarge,
    ];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        document.AddComponent<IOpenApiSchema>(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancellationToken));
        operation.Responses ??= [];
        foreach (var status in CodesOf(context.Description.ActionDescriptor.EndpointMetadata).Distinct().GroupBy(code => code.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("; ", status.Select(code => $"`{code.Code}`: {code.Title.En}")) + ".",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Refusal.ContentType] = new()
                    {
                        Schema = status.Contains(ErrorCodes.DisclosureDenied)
                            ? new OpenApiSchema { AnyOf = [new OpenApiSchemaReference(nameof(Problem), document), await Denied(context, cancellationToken)] }
                            : new OpenApiSchemaReference(nameof(Problem), document),
                        Examples = status.ToDictionary(code => code.Code, IOpenApiExample (code) => new OpenApiExampleReference(code.Code, document)),
                    },
                },
            };
        }
    }

    static async Task<IOpenApiSchema> Denied(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(DisclosureDenied), cancellationToken: cancellationToken);
        context.Document!.AddComponent<IOpenApiSchema>(nameof(DisclosureDenied), schema);
        return new OpenApiSchemaReference(nameof(DisclosureDenied), context.Document);
    }

    static IEnumerable<ApiError> CodesOf(IList<object> metadata)
    {
        IEnumerable<ApiError> codes = [.. metadata.OfType<RefusesMetadata>().SelectMany(refuses => refuses.Codes), .. Always];
        if (OperationAccess.RequirementOf(metadata) is { } requirement)
        {
            codes = codes.Concat(WithToken);
            codes = requirement.For == Audience.System ? codes : codes.Append(ErrorCodes.IdentityLevelTooLow);
            codes = requirement.Role is null ? codes : codes.Append(ErrorCodes.RoleMissing);
        }

        return metadata.OfType<IAcceptsMetadata>().Any() ? codes.Concat(WithBody) : codes;
    }
}
