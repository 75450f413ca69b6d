using System.Collections.Frozen;
using System.Security.Claims;
using Platform.Contracts;
using Platform.Domain.Citizens;

namespace Platform.Api.Callers;

/// <summary>What a validated token says; names of claims live here and in <see cref="TokenObjects"/> alone.</summary>
sealed record TokenClaims
{
    public const string Level1 = "urn:vn:eid:level:1";
    public const string Level2 = "urn:vn:eid:level:2";

    const int LongestName = 200;

    TokenClaims(CallerKind kind, string subject, IReadOnlySet<string> scopes, TokenBinding binding) =>
        (Kind, Subject, Scopes, Binding) = (kind, subject, scopes, binding);

    public CallerKind Kind { get; }

    /// <summary>The system or the person that calls; the system too where it acts for an official.</summary>
    public string Subject { get; }

    /// <summary>e-ID level of the session; 0 for a system on its own.</summary>
    public int Level { get; private init; }

    /// <summary>The citizen who calls, or the official for whom a system acts.</summary>
    public PersonalId? PersonalId { get; private init; }

    /// <summary>The person's session.</summary>
    public string? SessionId { get; private init; }

    /// <summary>The relying party through which the person came, where the token names one; null where a system acts for the person.</summary>
    public string? Client { get; private init; }

    /// <summary>The stay in the session in which the relying party got the token, or the one that the system's token was made from, where the token names it.</summary>
    public string? Stay { get; private init; }

    public IReadOnlySet<string> Scopes { get; }

    public IReadOnlySet<string> Roles { get; private init; } = FrozenSet<string>.Empty;

    public TokenBinding Binding { get; }

    /// <summary>Whether the session is a ward's, who gives no consent without the representative.</summary>
    public bool OfWard { get; private init; }

    /// <summary>Whether a person stands behind the token, so that a session decides too.</summary>
    public bool SpeaksOfPerson => Kind == CallerKind.Person || PersonalId is not null;

    /// <summary>Reads a token that speaks of one system, one person or one system for one person without contradiction; null for every other.</summary>
    public static TokenClaims? Read(ClaimsPrincipal principal)
    {
        string[] All(string type) => [.. principal.FindAll(type).Select(claim => claim.Value)];
        var scopes = All("scope").SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        if (All("sub") is not [{ Length: > 0 and <= LongestName } subject]
            || All("sid") is not ([] or [{ Length: > 0 and <= LongestName }])
            || All("stay") is not ([] or [{ Length: > 0 and <= LongestName }])
            || TokenObjects.Binding(principal) is not { } binding
            || !TokenObjects.TryActor(principal, out var actor))
        {
            return null;
        }

        var (session, stay) = (All("sid").FirstOrDefault(), All("stay").FirstOrDefault());
        TokenClaims Person(string acr, PersonalId? id, string[] roles) => new(CallerKind.Person, subject, scopes, binding)
        {
            Level = LevelOf(acr),
            PersonalId = id,
            SessionId = session,
            Client = All("client_id").FirstOrDefault(),
            Stay = stay,
            Roles = roles.ToHashSet(),
        };
        return (actor, All("client_id"), All("acr"), All("personal_id"), All("roles")) switch
        {
            (null, [var client], [], [], []) when client == subject && session is null && stay is null => new(CallerKind.System, subject, scopes, binding),
            (null, [] or [_], [var acr], [], { Length: > 0 } roles) when !IsClient(principal, subject) => Person(acr, null, roles),
            (null, [] or [_], [var acr], [var number], var roles) when !IsClient(principal, subject) && Parse(number) is { } id => Person(acr, id, roles),

            // RFC 8693: the system acts, the person is whom it acts for; the person's roles are no business of the system.
            ({ } acting, [var client], [var acr], [var number], []) when acting == client && client != subject && Parse(number) is { } id =>
                new(CallerKind.System, client, scopes, binding) { Level = LevelOf(acr), PersonalId = id, SessionId = session, Stay = stay },
            _ => null,
        };
    }

    /// <summary>What still counts of the token in the session as it stands now.</summary>
    public TokenClaims Within(EidSessionView session) => this with
    {
        Level = Math.Min(Level, session.Level),
        Roles = Roles.Intersect(session.Roles).ToHashSet(),
        OfWard = session.OfWard,
    };

    static bool IsClient(ClaimsPrincipal principal, string subject) => principal.HasClaim("client_id", subject);

    static PersonalId? Parse(string number) => Domain.Citizens.PersonalId.TryParse(number, out var id) ? id : null;

    static int LevelOf(string acr) => acr switch
    {
        Level2 => 2,
        Level1 => 1,
        _ => 0,
    };
}
