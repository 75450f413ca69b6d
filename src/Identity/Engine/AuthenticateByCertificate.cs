using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>
/// Takes the place of OpenIddict's check, which compares the certificate's names with hosts of redirect addresses. A certificate beside a signed
/// assertion, or from a public client, only binds tokens.
/// </summary>
sealed class AuthenticateByCertificate(IOpenIddictApplicationManager applications, ClientCertificates certificates)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientCertificate>()
            .UseScopedHandler<AuthenticateByCertificate>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientAssertionPrincipal is not null || string.IsNullOrEmpty(context.ClientId) || context.EndpointType == OpenIddictServerEndpointType.UserInfo)
        {
            return;
        }
        var application = await applications.FindByClientIdAsync(context.ClientId, context.CancellationToken)
            ?? throw new InvalidOperationException("The client was found and has gone since.");
        if (await applications.HasClientTypeAsync(application, ClientTypes.Public, context.CancellationToken))
        {
            return;
        }
        if (await SectorClients.IsDisabled(applications, application, context.CancellationToken)
            || !await certificates.Vouch(applications, application, context.Transaction.RemoteCertificate!, context.CancellationToken))
        {
            context.Reject(Errors.InvalidClient, "The client is not registered and enabled, or the certificate is not the one it registered.");
        }
    }
}
