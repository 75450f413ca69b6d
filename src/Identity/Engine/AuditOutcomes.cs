using OpenIddict.Server;
using Platform.Identity.Audit;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>Every token request and every refused authorization request is one named event, whoever decided it.</summary>
sealed class AuditOutcomes(IdentityAudit audit) : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    // Before anything is written, when the answer stands.
    const int Order = 50_000;
    const string Unknown = "-";

    static readonly string[] Grants =
        ["authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"];

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
            .UseSingletonHandler<AuditOutcomes>().SetOrder(Order).SetType(OpenIddictServerHandlerType.Custom).Build();

    public static OpenIddictServerHandlerDescriptor AuthorizationDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<AuditOutcomes>().SetOrder(Order).SetType(OpenIddictServerHandlerType.Custom).Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        var grant = context.Request?.GrantType is { } named && Grants.Contains(named) ? named : Unknown;
        if (context.Response.Error is { } error)
        {
            audit.TokenRefused(Client(context.Transaction), grant, error);
        }
        else
        {
            audit.TokenIssued(Client(context.Transaction), grant);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Response.Error is { } error)
        {
            audit.AuthorizationRefused(Client(context.Transaction), error);
        }
        return ValueTask.CompletedTask;
    }

    // Only a client that was found and has authenticated is named: anybody may write anything into client_id.
    static string Client(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!) is { IsRejected: false, ClientId: { } client } ? client : Unknown;
}
