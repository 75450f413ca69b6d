using OpenIddict.Server;

namespace Platform.Identity.Engine.People;

/// <summary>What the sender of this request has proved to hold: the key of a DPoP proof (RFC 9449) or a certificate (RFC 8705).</summary>
static class SenderBinding
{
    const string Key = "dpop-key";

    /// <summary>Thumbprint of the key whose proof came with the request and was accepted, or null.</summary>
    public static string? KeyOf(OpenIddictServerTransaction transaction) => transaction.GetProperty<string>(Key);

    public static void Proved(OpenIddictServerTransaction transaction, string thumbprint) => transaction.SetProperty(Key, thumbprint);
}
