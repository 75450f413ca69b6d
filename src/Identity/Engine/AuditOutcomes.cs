using OpenIddict.Server;
using Platform.Identity.Audit;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>Every token request, every revocation and every other refused request is one named event, whoever decided it.</summary>
sealed class AuditOutcomes(IdentityAudit audit)
    : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyPushedAuthorizationResponseContext>, IOpenIddictServerHandler<ApplyUserInfoResponseContext>,
    IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    // Before anything is written, when the answer stands.
    const int Order = 50_000;
    const string Unknown = "-";

    static readonly string[] Grants =
        ["authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"];

    public static IReadOnlyList<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        Last(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>().UseSingletonHandler<AuditOutcomes>()),
        Last(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>().UseSingletonHandler<AuditOutcomes>()),
        Last(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyPushedAuthorizationResponseContext>().UseSingletonHandler<AuditOutcomes>()),
        Last(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyUserInfoResponseContext>().UseSingletonHandler<AuditOutcomes>()),
        Last(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyRevocationResponseContext>().UseSingletonHandler<AuditOutcomes>()),
    ];

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

    public ValueTask HandleAsync(ApplyPushedAuthorizationResponseContext context)
    {
        if (context.Response.Error is { } error)
        {
            audit.PushRefused(Client(context.Transaction), error);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Response.Error is { } error)
        {
            audit.UserInfoRefused(error);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        audit.Revoked(Client(context.Transaction), context.Response.Error ?? "done");
        return ValueTask.CompletedTask;
    }

    static OpenIddictServerHandlerDescriptor Last<TContext>(OpenIddictServerHandlerDescriptor.Builder<TContext> handler)
        where TContext : BaseContext => handler.SetOrder(Order).SetType(OpenIddictServerHandlerType.Custom).Build();

    // Only a client that was found and has authenticated is named: anybody may write anything into client_id.
    static string Client(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!) is { IsRejected: false, ClientId: { } client } ? client : Unknown;
}
