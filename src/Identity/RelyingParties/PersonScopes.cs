using System.Collections.Immutable;
using Platform.Contracts;

namespace Platform.Identity.RelyingParties;

/// <summary>What a relying party may ask for in a person's name.</summary>
public static class PersonScopes
{
    public const string OpenId = "openid";
    public const string OfflineAccess = "offline_access";
    public const string Profile = "profile";
    public const string PersonalId = "personal_id";

    /// <summary>Scopes at this server's own administration.</summary>
    public const string AccountsManage = "accounts.manage";

    public const string ClientsManage = "clients.manage";

    /// <summary>Scopes in which a person sees and changes what is their own.</summary>
    public static IReadOnlyList<string> Citizen { get; } = ["me.read", "me.consents", "me.write", "me.account"];

    /// <summary>Scopes in which a person acts by an official role; the token then carries the roles.</summary>
    public static IReadOnlyList<string> Staff { get; } =
        ["rules.draft", "rules.review", "rules.publish", "systems.manage", "reports.answer", AccountsManage, ClientsManage];

    /// <summary>Scopes that lead to an access token with the person's number: for the API, and for this server's administration.</summary>
    public static IReadOnlyList<string> Api { get; } = [.. Citizen, .. Staff];

    public static IReadOnlyList<string> All { get; } = [OpenId, OfflineAccess, Profile, PersonalId, .. Api];

    /// <summary>The identity claims behind scopes.</summary>
    public static ImmutableArray<string> ClaimsOf(IEnumerable<string> scopes) =>
    [
        .. scopes.SelectMany(scope => scope switch
        {
            Profile => new[] { IdentityClaims.Name, IdentityClaims.BirthDate, IdentityClaims.Gender },
            PersonalId => [IdentityClaims.PersonalId],
            _ => [],
        }),
    ];
}
