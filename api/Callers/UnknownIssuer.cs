using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Stands for requests that carry no token of a trusted issuer.</summary>
sealed class UnknownIssuer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var presented = PresentedToken.Of(Context);
        return Task.FromResult(presented.By switch
        {
            Presentation.None => AuthenticateResult.NoResult(),
            Presentation.Several => Fail(ErrorCodes.TokenSeveral),
            Presentation.Unknown => Fail(ErrorCodes.TokenInvalid),
            _ => Fail(Tokens.IssuerOf(presented.Text) is { Length: > 0 } ? ErrorCodes.TokenIssuerUntrusted : ErrorCodes.TokenInvalid),
        });
    }

    static AuthenticateResult Fail(ApiError code) => AuthenticateResult.Fail(new TokenRefusedException(code));
}
