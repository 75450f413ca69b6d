using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Stands for requests that carry no token of a trusted issuer.</summary>
sealed class UnknownIssuer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[HeaderNames.Authorization] is [])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var code = Tokens.BearerToken(Context) is { } token && Tokens.IssuerOf(token) is { Length: > 0 }
            ? ErrorCodes.TokenIssuerUntrusted
            : ErrorCodes.TokenInvalid;
        return Task.FromResult(AuthenticateResult.Fail(new TokenRefusedException(code)));
    }
}
