using System.Security.Claims;
using Platform.Domain.Citizens;

namespace Platform.Api.Callers;

/// <summary>What a validated token says; names of claims live here alone.</summary>
sealed record TokenClaims
{
    public const string Level1 = "urn:vn:eid:level:1";
    public const string Level2 = "urn:vn:eid:level:2";

    TokenClaims(CallerKind kind, string subject, int level, PersonalId? personalId, IReadOnlySet<string> scopes, IReadOnlySet<string> roles) =>
        (Kind, Subject, Level, PersonalId, Scopes, Roles) = (kind, subject, level, personalId, scopes, roles);

    public CallerKind Kind { get; }

    public string Subject { get; }

    /// <summary>e-ID level of the session; 0 for a system.</summary>
    public int Level { get; }

    public PersonalId? PersonalId { get; }

    public IReadOnlySet<string> Scopes { get; }

    public IReadOnlySet<string> Roles { get; }

    /// <summary>Reads a token that speaks of one system or one person without contradiction; null for every other.</summary>
    public static TokenClaims? Read(ClaimsPrincipal principal)
    {
        string[] All(string type) => [.. principal.FindAll(type).Select(claim => claim.Value)];
        var scopes = All("scope").SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        if (All("sub") is not [{ Length: > 0 and <= 200 } subject])
        {
            return null;
        }

        return (All("client_id"), All("acr"), All("personal_id"), All("roles")) switch
        {
            ([var client], [], [], []) when client == subject => new(CallerKind.System, subject, 0, null, scopes, new HashSet<string>()),
            ([] or [_], [var acr], [], { Length: > 0 } roles) when !IsClient(principal, subject) =>
                new(CallerKind.Person, subject, LevelOf(acr), null, scopes, roles.ToHashSet()),
            ([] or [_], [var acr], [var number], var roles) when !IsClient(principal, subject) && Domain.Citizens.PersonalId.TryParse(number, out var id) =>
                new(CallerKind.Person, subject, LevelOf(acr), id, scopes, roles.ToHashSet()),
            _ => null,
        };
    }

    static bool IsClient(ClaimsPrincipal principal, string subject) => principal.HasClaim("client_id", subject);

    static int LevelOf(string acr) => acr switch
    {
        Level2 => 2,
        Level1 => 1,
        _ => 0,
    };
}
