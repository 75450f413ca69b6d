using System.Globalization;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Platform.Identity.Keys;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>Tells relying parties how long they may keep our keys; keys are published ahead for longer than that.</summary>
sealed class LetKeysBeCached(IOptions<SigningKeyOptions> options) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleJsonWebKeySetRequestContext>()
            .UseSingletonHandler<LetKeysBeCached>()
            .SetOrder(0)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        var seconds = (long)options.Value.JwksCacheLifetime.TotalSeconds;
        context.Transaction.GetHttpRequest()!.HttpContext.Response.Headers.CacheControl =
            string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}");
        return ValueTask.CompletedTask;
    }
}
