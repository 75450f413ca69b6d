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
                Audience.System => (
                    "systemToken",
                    "Access token of a sector system (client credentials with private_key_jwt); client_id equals sub. Or one from a token exchange: act.sub is "
                    + "the system and client_id, sub, personal_id, sid and acr are the official's."),
                Audience.Citizen => ("citizenToken", "Access token of a citizen: personal_id, and acr urn:vn:eid:level:2."),
                Audience.Official => ("officialToken", "Access token of an official: personal_id, roles with one-stop-officer, and acr urn:vn:eid:level:2."),
                _ => ("staffToken", "Access token of a member of staff: roles with rule-owner, and acr urn:vn:eid:level:2."),
            };
            var bound = name + "WithProof";
            Add(context.Document!, name, "bearer", description + " Bound to a certificate (cnf.x5t#S256), it counts over a connection with that certificate alone.");
            Add(context.Document!, bound, "DPoP", description + " Bound to a key (cnf.jkt) and sent with a proof in the DPoP header (RFC 9449).");
            operation.Security =
            [
                .. from scope in requirement.Scopes
                   from scheme in new[] { name, bound }
                   select new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [scope] },
            ];
        }

        return Task.CompletedTask;
    }

    public static AccessRequirement? RequirementOf(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().FirstOrDefault() is { } policy
            ? Policies.All.Single(requirement => requirement.Policy == policy)
            : null;

    static void Add(OpenApiDocument document, string name, string scheme, string description) =>
        document.AddComponent<IOpenApiSecurityScheme>(name, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = scheme,
            BearerFormat = "JWT",
            Description = description,
        });
}
