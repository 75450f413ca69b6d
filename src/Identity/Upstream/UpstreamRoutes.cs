using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Upstream;

/// <summary>To the upstream provider and back into the login that the person was at.</summary>
static class UpstreamRoutes
{
    public const string Start = "/login/upstream";
    const string Done = "/login/upstream/done";

    public static void MapUpstream(this IEndpointRouteBuilder pages)
    {
        var group = pages.MapGroup("").WithMetadata(new NeedsInteraction());
        // A link and not a form: a form's answer may not lead to another host.
        group.MapGet(Start, Begin);
        group.MapGet(Done, Finish);
    }

    static async Task<IResult> Begin(Visit visit, IOptions<UpstreamOptions> options, IdentityAudit audit)
    {
        if (!options.Value.IsConfigured)
        {
            return visit.GoOn(Addresses.Login);
        }
        try
        {
            await visit.Http.ChallengeAsync(
                UpstreamLogin.Scheme, new AuthenticationProperties { RedirectUri = Addresses.With(Done, visit.Interaction.Handle) });
            return Results.Empty;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or InvalidOperationException or OpenIdConnectProtocolException)
        {
            audit.UpstreamFailed(unreachable.GetType().Name);
            return Visit.Go($"{Addresses.Error}?code=upstream_failed");
        }
    }

    static async Task<IResult> Finish(Visit visit, LoginEnd end, EidAccounts accounts, IOptions<UpstreamOptions> options, IdentityAudit audit)
    {
        var answer = await visit.Http.AuthenticateAsync(UpstreamLogin.Cookie);
        await visit.Http.SignOutAsync(UpstreamLogin.Cookie);
        var person = answer.Principal;
        if (person?.FindFirst("iss")?.Value is not { } issuer || person.FindFirst("sub")?.Value is not { } subject
            || !PersonalId.TryParse(person.FindFirst(options.Value.NumberClaim)?.Value, out var number)
            || !options.Value.Levels.TryGetValue(person.FindFirst(options.Value.LevelClaim)?.Value ?? "", out var level))
        {
            return Refuse(visit, audit, null, EidRefusals.ProofWrong);
        }
        if (visit.Interaction.Login is { } begun && begun.Number != number.Reveal())
        {
            return Refuse(visit, audit, number, RefusalTexts.OtherPerson);
        }
        var linked = await accounts.Ask(number, account => account.LinkUpstream(new UpstreamIdentity { Issuer = issuer, Subject = subject, Level = level }));
        return linked.Refusal is { } refusal
            ? Refuse(visit, audit, number, refusal)
            : await end.Add(
                visit,
                visit.Interaction.Login ?? new LoginProgress { Number = number.Reveal(), Factors = [] },
                new CheckedFactor { Kind = FactorKind.Upstream, UpstreamLevel = level });
    }

    static IResult Refuse(Visit visit, IdentityAudit audit, PersonalId? number, string code)
    {
        audit.LoginRefused(number, nameof(FactorKind.Upstream), code);
        return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(code, visit.Language), StatusCodes.Status403Forbidden);
    }
}
