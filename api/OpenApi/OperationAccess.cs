using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Api.Callers;

namespace Platform.Api.OpenApi;

/// <summary>Tells which token an operation needs.</summary>
sealed class OperationAccess : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (RequirementOf(context.Description.ActionDescriptor.EndpointMetadata) is { } requirement)
        {
            var (name, description) = requirement.For switch
            {
                Audience.System => ("systemToken", "Access token of a sector system (client credentials with private_key_jwt); client_id equals sub."),
                Audience.Citizen => ("citizenToken", "Access token of a citizen: personal_id, and acr urn:vn:eid:level:2."),
                _ => ("staffToken", "Access token of a member of staff: roles with rule-owner, and acr urn:vn:eid:level:2."),
            };
            context.Document!.AddComponent<IOpenApiSecurityScheme>(name, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = description,
            });
            operation.Security =
            [
                .. requirement.Scopes.Select(scope => new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(name, context.Document)] = [scope],
                }),
            ];
        }

        return Task.CompletedTask;
    }

    public static AccessRequirement? RequirementOf(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().FirstOrDefault() is { } policy
            ? Policies.All.Single(requirement => requirement.Policy == policy)
            : null;
}
