using System.Reflection;
using Platform.Domain.Citizens;

namespace Platform.Api.Callers;

/// <summary>The sector system that calls, and the official for whom it acts where the token proves one.</summary>
sealed record SystemCaller(string Id, ProvenOfficial? Official)
{
    public static ValueTask<SystemCaller?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claims = CallerClaims.Of(context, CallerKind.System);
        return ValueTask.FromResult<SystemCaller?>(new SystemCaller(
            claims.Subject, claims.PersonalId is { } official ? new ProvenOfficial(official, claims.Level) : null));
    }
}

/// <summary>A logged-in official, and the e-ID level of the session.</summary>
sealed record ProvenOfficial(PersonalId PersonalId, int Level);

/// <summary>The citizen who calls, the e-ID level of the session, whether the citizen is a ward, and the session where the token names one.</summary>
sealed record CitizenCaller(PersonalId PersonalId, int Level, bool IsWard, string? Session)
{
    public string Key => PersonalId.Reveal();

    public static ValueTask<CitizenCaller?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claims = CallerClaims.Of(context, CallerKind.Person);
        return ValueTask.FromResult<CitizenCaller?>(new CitizenCaller(
            claims.PersonalId ?? throw new InvalidOperationException("The route's policy let in somebody who is no citizen."), claims.Level, claims.OfWard, claims.SessionId));
    }
}

/// <summary>The member of staff who calls.</summary>
sealed record StaffCaller(string Subject)
{
    public static ValueTask<StaffCaller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<StaffCaller?>(new StaffCaller(CallerClaims.Of(context, CallerKind.Person).Subject));
}

/// <summary>The official who calls in a matter of a citizen.</summary>
sealed record OfficialCaller(PersonalId PersonalId, string Subject)
{
    public static ValueTask<OfficialCaller?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var claims = CallerClaims.Of(context, CallerKind.Person);
        return ValueTask.FromResult<OfficialCaller?>(new OfficialCaller(
            claims.PersonalId ?? throw new InvalidOperationException("The route's policy let in an official whom nobody knows."), claims.Subject));
    }
}

static class CallerClaims
{
    public static TokenClaims Of(HttpContext context, CallerKind kind) =>
        context.Features.Get<TokenClaims>() is { } claims && claims.Kind == kind
            ? claims
            : throw new InvalidOperationException("The route's policy let in another kind of caller.");
}
