using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.Dpop;

/// <summary>Takes the place of OpenIddict's challenge at the UserInfo endpoint, which knows no proofs: it would answer 400 to one without our nonce.</summary>
sealed class ChallengeUserInfo : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyUserInfoResponseContext>()
            .UseSingletonHandler<ChallengeUserInfo>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Response.Error is not { Length: > 0 } error)
        {
            return ValueTask.CompletedTask;
        }
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (error is DpopProofs.UseNonce or DpopProofs.InvalidProof)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        if (error == Errors.MissingToken)
        {
            TokenChallenge.Write(http);
        }
        else
        {
            TokenChallenge.Write(http, error, context.Response.ErrorDescription);
        }
        return ValueTask.CompletedTask;
    }
}
