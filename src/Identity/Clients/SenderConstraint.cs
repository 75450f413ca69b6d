using System.Text.Json;
using OpenIddict.Abstractions;

namespace Platform.Identity.Clients;

/// <summary>
/// Whether a client's tokens must be bound to a key (RFC 9449) or certificate (RFC 8705) that it holds, and its assertions follow the strict profile. A client
/// whose registration does not say so is bound: only an explicit word takes the protection away.
/// </summary>
static class SenderConstraint
{
    const string Property = "sender-constrained";

    public static void WriteTo(OpenIddictApplicationDescriptor descriptor, bool required) =>
        descriptor.Properties[Property] = JsonSerializer.SerializeToElement(required);

    public static async ValueTask<bool> IsRequired(IOpenIddictApplicationManager manager, object application, CancellationToken ct) =>
        !(await manager.GetPropertiesAsync(application, ct)).TryGetValue(Property, out var required) || required.GetBoolean();
}
