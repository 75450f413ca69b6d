namespace Platform.Identity.Clients;

/// <summary>A sector system as its operator registers it.</summary>
/// <param name="ClientId">Letters, digits, dot, hyphen and underscore; at most 64 characters.</param>
/// <param name="Name">Shown to people; at most 200 characters.</param>
/// <param name="Jwks">JSON web key set with one to ten public keys: EC P-256, or RSA of at least 2048 bits.</param>
/// <param name="Scopes">At least one of <see cref="SectorScopes.All"/>.</param>
/// <param name="TlsSubject">Instead of keys: subject (RFC 4514) of the certificate by which it authenticates (RFC 8705).</param>
/// <param name="SenderConstrained">Whether its tokens are bound to a DPoP key or client certificate; <c>false</c> only for software that can do neither.</param>
public sealed record SectorClientRegistration(
    string ClientId, string Name, string? Jwks, IReadOnlyCollection<string> Scopes, string? TlsSubject = null, bool SenderConstrained = true);

/// <summary>A registered sector system.</summary>
public sealed record SectorClient(string ClientId, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> KeyIds, bool SenderConstrained, bool Enabled);

/// <summary>A registration was refused; the message says what to correct.</summary>
public sealed class RegistrationRefusedException(string whatToDo) : Exception(whatToDo);
