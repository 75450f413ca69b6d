using System.Text.Json;
using OpenIddict.Abstractions;

namespace Platform.Identity.RelyingParties;

/// <summary>What this server needs to know of a relying party beyond what the engine keeps.</summary>
sealed record RelyingParty
{
    const string Property = "relying-party";

    public required string ClientId { get; init; }

    public required string NameVi { get; init; }

    public required string NameEn { get; init; }

    public required string Sector { get; init; }

    public required int MinLevel { get; init; }

    public required bool SenderConstrained { get; init; }

    public string? BackChannelLogoutUri { get; init; }

    public string? System { get; init; }

    public string Name(string language) => language == "en" ? NameEn : NameVi;

    public void WriteTo(OpenIddictApplicationDescriptor descriptor) => descriptor.Properties[Property] = JsonSerializer.SerializeToElement(this);

    /// <summary>Null for a client that is no relying party.</summary>
    public static async ValueTask<RelyingParty?> Read(IOpenIddictApplicationManager manager, object application, CancellationToken ct) =>
        (await manager.GetPropertiesAsync(application, ct)).TryGetValue(Property, out var element) ? element.Deserialize<RelyingParty>() : null;
}
