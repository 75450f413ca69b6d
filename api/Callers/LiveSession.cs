using Microsoft.AspNetCore.Authorization;
using Platform.Api.Problems;
using Platform.Contracts;

namespace Platform.Api.Callers;

/// <summary>
/// Asks at every call of a person, or of a system for a person, whether the session still lives and what level and roles it has now. Nothing of
/// the answer is kept, so an ended session, a locked account and a lost level count from the next call on.
/// </summary>
sealed class LiveSession(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, IGrainFactory grains, Again again) =>
        context.Features.Get<TokenClaims>() is { SpeaksOfPerson: true } claims
        && context.Features.Get<TrustedIssuer>()!.LiveSessions
        && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? Ask(claims, context, grains, again)
            : next(context);

    async Task Ask(TokenClaims claims, HttpContext context, IGrainFactory grains, Again again)
    {
        if (claims is not { PersonalId: { } person, SessionId: { } id })
        {
            await Challenges.Refuse(context, ErrorCodes.TokenSessionMissing);
            return;
        }

        var account = grains.GetGrain<IEidAccountGrain>(person.Reveal());
        if (await again.Call(() => account.CheckSession(id)) is not { } session || HasLeft(claims, session))
        {
            await Challenges.Refuse(context, ErrorCodes.SessionEnded);
            return;
        }

        context.Features.Set(claims.Within(session));
        await next(context);
    }

    // A relying party leaves a session when it gives its tokens back, or when one of them turned up twice.
    static bool HasLeft(TokenClaims claims, EidSessionView session) =>
        (claims.Client is not null || claims.Stay is not null) && !session.Admits(claims.Client, claims.Stay);
}
