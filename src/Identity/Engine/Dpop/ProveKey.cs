using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Hosting.Dpop;
using Platform.Identity.Clients;
using Platform.Identity.Engine.People;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.Dpop;

/// <summary>
/// Checks the proof that comes with a token request or a pushed authorization request. A client whose tokens are bound must bring one, or a
/// certificate; everybody else may.
/// </summary>
sealed class ProveKey(DpopProofs proofs, IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    /// <summary>The parameter that binds a code to a key (RFC 9449 section 10).</summary>
    public const string KeyParameter = "dpop_jkt";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseScopedHandler<ProveKey>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateAuthentication.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static OpenIddictServerHandlerDescriptor PushedDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidatePushedAuthorizationRequestContext>()
            .UseScopedHandler<ProveKey>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthentication.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        if (request.Headers.ContainsKey(DpopProof.Header))
        {
            await Prove(context, request, EngineSetup.TokenPath);
        }
        else if (context.Transaction.RemoteCertificate is null && await IsBound(context.ClientId!, context.CancellationToken))
        {
            context.Reject(DpopProofs.InvalidProof, "This client's tokens are bound to a key or certificate: send a DPoP proof, or connect with the certificate.");
        }
    }

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        if (!request.Headers.ContainsKey(DpopProof.Header) || await Prove(context, request, EngineSetup.PushPath) is not { } key)
        {
            return;
        }
        var named = (string?)context.Request!.GetParameter(KeyParameter);
        if (named is not null && named != key)
        {
            context.Reject(Errors.InvalidRequest, "dpop_jkt names another key than the DPoP proof shows.");
            return;
        }
        context.Request.SetParameter(KeyParameter, key);
    }

    async ValueTask<bool> IsBound(string clientId, CancellationToken ct) =>
        await applications.FindByClientIdAsync(clientId, ct) is not { } application || await SenderConstraint.IsRequired(applications, application, ct);

    async Task<string?> Prove(BaseValidatingContext context, HttpRequest request, string path)
    {
        var (key, refusal) = await proofs.Accept(request, path, accessTokenHash: null, context.CancellationToken);
        if (refusal is { } told)
        {
            context.Reject(told.Error, told.Description);
            return null;
        }
        SenderBinding.Proved(context.Transaction, key!);
        return key;
    }
}
