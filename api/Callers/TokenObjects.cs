using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Platform.Api.Callers;

/// <summary>What only its holder can use a token with (RFC 7800): a key that signs proofs, a certificate, both or nothing.</summary>
sealed record TokenBinding(string? KeyThumbprint, string? CertificateHash)
{
    public bool IsBound => KeyThumbprint is not null || CertificateHash is not null;
}

/// <summary>Claims that are objects. One that holds a member we cannot check is not read at all, lest it be less than its issuer meant.</summary>
static class TokenObjects
{
    const string Key = "jkt";
    const string Certificate = "x5t#S256";

    /// <summary>The <c>cnf</c>; unbound if there is none, null if it cannot be checked.</summary>
    public static TokenBinding? Binding(ClaimsPrincipal principal)
    {
        if (!principal.HasClaim(claim => claim.Type == "cnf"))
        {
            return new TokenBinding(null, null);
        }

        return Members(principal, "cnf") is { Count: > 0 } members && members.Keys.All(name => name is Key or Certificate)
            ? new TokenBinding(members.GetValueOrDefault(Key), members.GetValueOrDefault(Certificate))
            : null;
    }

    /// <summary>The <c>sub</c> of <c>act</c> (RFC 8693); null if there is none, false if it cannot be read.</summary>
    public static bool TryActor(ClaimsPrincipal principal, out string? actor)
    {
        actor = null;
        return !principal.HasClaim(claim => claim.Type == "act")
            || (Members(principal, "act") is { Count: 1 } members && members.TryGetValue("sub", out actor));
    }

    static Dictionary<string, string>? Members(ClaimsPrincipal principal, string type)
    {
        if (principal.FindAll(type).ToArray() is not [{ ValueType: JsonClaimValueTypes.Json } claim])
        {
            return null;
        }

        using var json = JsonDocument.Parse(claim.Value);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = new Dictionary<string, string>();
        return json.RootElement.EnumerateObject().All(member =>
            member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: > 0 and <= 200 } text && members.TryAdd(member.Name, text))
                ? members
                : null;
    }
}
