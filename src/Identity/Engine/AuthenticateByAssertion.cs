using System.Security.Claims;
using OpenIddict.Server;
using Platform.Identity.Assertions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>
/// Takes the place of OpenIddict's own check, which asks for a typ that no client sends, looks keys up synchronously and neither limits
/// algorithms nor refuses replays.
/// </summary>
sealed partial class AuthenticateByAssertion(ClientAssertions assertions, ILogger<AuthenticateByAssertion> log)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionValidated>()
            .UseScopedHandler<AuthenticateByAssertion>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (string.IsNullOrEmpty(context.ClientAssertion))
        {
            return;
        }
        var outcome = await assertions.Authenticate(context.ClientAssertion, context.ClientId, context.CancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            Refused(refusal.Code);
            context.Reject(Errors.InvalidClient, refusal.Told);
            return;
        }
        context.Request!.ClientId = outcome.ClientId;
        context.ClientAssertionPrincipal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claims.Subject, outcome.ClientId!)], "private_key_jwt"));
    }

    [LoggerMessage(1, LogLevel.Information, "A client assertion was refused: {Reason}.")]
    partial void Refused(string reason);
}
