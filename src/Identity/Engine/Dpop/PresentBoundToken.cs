using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Hosting.Dpop;
using Platform.Identity.Engine.People;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.Dpop;

/// <summary>Takes an access token that comes with the DPoP scheme to the UserInfo endpoint, together with its proof.</summary>
sealed class PresentBoundToken(DpopProofs proofs) : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractUserInfoRequestContext>()
            .UseScopedHandler<PresentBoundToken>()
            .SetOrder(int.MaxValue - 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var header = request.Headers.Authorization;
        if (header is not [{ } text] || !text.StartsWith(TokenChallenge.Dpop, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        if (!string.IsNullOrEmpty(context.Request?.AccessToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "Send the access token once.");
            return;
        }
        var token = text[TokenChallenge.Dpop.Length..].Trim();
        var (key, refusal) = await proofs.Accept(request, EngineSetup.UserInfoPath, DpopProof.HashOf(token), context.CancellationToken);
        if (refusal is { } told)
        {
            context.Reject(told.Error, told.Description);
            return;
        }
        SenderBinding.Proved(context.Transaction, key!);
        context.Request!.AccessToken = token;
    }
}
