using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Identity.Clients;

namespace Platform.Identity.Assertions;

/// <summary>The checks of RFC 7523 that need nothing but the assertion, our addresses and the time.</summary>
static class AssertionClaims
{
    const int MaxIdLength = 256;
    static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How far a client's clock may be wrong.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    static readonly string[] Types = ["JWT", "application/JWT", "client-authentication+jwt", "application/client-authentication+jwt"];

    /// <summary>Checked before the signature, to find the client and its keys.</summary>
    public static AssertionRefusal? CheckHead(JsonWebToken assertion, string? claimedClientId)
    {
        if (assertion.IsEncrypted || assertion.TryGetHeaderValue<object>("crit", out _))
        {
            return AssertionRefusal.Malformed;
        }
        if (!string.IsNullOrEmpty(assertion.Typ) && !Types.Contains(assertion.Typ, StringComparer.OrdinalIgnoreCase))
        {
            return AssertionRefusal.WrongType;
        }
        if (!ClientKeys.Algorithms.Contains(assertion.Alg, StringComparer.Ordinal))
        {
            return AssertionRefusal.WrongAlgorithm;
        }
        var issuer = assertion.Issuer;
        return string.IsNullOrEmpty(issuer) || issuer != assertion.Subject || (claimedClientId is { Length: > 0 } && claimedClientId != issuer)
            ? AssertionRefusal.WrongSubject
            : null;
    }

    /// <summary>Whether aud is a string and not a list.</summary>
    public static bool HasOneAudience(JsonWebToken assertion) =>
        JsonElement.Parse(Base64Url.DecodeFromChars(assertion.EncodedPayload)).TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.String;

    /// <summary>Checked once the signature has proved who speaks.</summary>
    public static AssertionRefusal? CheckBody(JsonWebToken assertion, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        if (!assertion.Audiences.Any(audiences.Contains))
        {
            return AssertionRefusal.WrongAudience;
        }
        if (!TryGetInstant(assertion, "exp", out var expires))
        {
            return AssertionRefusal.MissingExpiry;
        }
        if (expires + ClockSkew <= now)
        {
            return AssertionRefusal.Expired;
        }
        if (expires > now + MaxLifetime + ClockSkew)
        {
            return AssertionRefusal.ExpiryTooFar;
        }
        if (IsAhead(assertion, "nbf", now) || IsAhead(assertion, "iat", now))
        {
            return AssertionRefusal.NotYetValid;
        }
        return TryGetId(assertion, out _) ? null : AssertionRefusal.MissingId;
    }

    public static bool TryGetId(JsonWebToken assertion, [NotNullWhen(true)] out string? id) =>
        assertion.TryGetPayloadValue("jti", out id) && id is { Length: > 0 and <= MaxIdLength };

    public static bool TryGetInstant(JsonWebToken assertion, string claim, out DateTimeOffset instant)
    {
        instant = default;
        if (!assertion.TryGetPayloadValue<double>(claim, out var seconds) || !(seconds is > 0 and < 253_402_300_000))
        {
            return false;
        }
        instant = DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds));
        return true;
    }

    static bool IsAhead(JsonWebToken assertion, string claim, DateTimeOffset now) =>
        assertion.TryGetPayloadValue<object>(claim, out _) && (!TryGetInstant(assertion, claim, out var instant) || instant > now + ClockSkew);
}
