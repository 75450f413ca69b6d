using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Engine.People;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.Dpop;

/// <summary>
/// A bound access token counts only from the holder of its key or certificate. Takes the place of OpenIddict's check, which knows certificates only. A
/// token that is introspected, revoked or exchanged is not used by its holder, so there the client's own authentication decides.
/// </summary>
sealed class RequirePossession : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<RequirePossession>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateProofOfPossession.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.UserInfo)
        {
            return ValueTask.CompletedTask;
        }
        var binding = context.Principal?.GetClaim(PersonToken.Confirmation) is { Length: > 0 } text ? JsonNode.Parse(text) as JsonObject : null;
        var proved = SenderBinding.KeyOf(context.Transaction);
        var holds = (binding?["jkt"]?.GetValue<string>(), binding?["x5t#S256"]?.GetValue<string>()) switch
        {
            ({ } key, null) => key == proved,
            (null, { } certificate) => proved is null && context.Transaction.RemoteCertificate is { } shown
                && certificate == Base64UrlEncoder.Encode(SHA256.HashData(shown.RawData)),
            (null, null) => binding is null && proved is null,
            _ => false,
        };
        if (!holds)
        {
            context.Reject(Errors.InvalidToken, "The token is bound to a key or certificate that this request does not show, or is shown as if it were.");
        }
        return ValueTask.CompletedTask;
    }
}
