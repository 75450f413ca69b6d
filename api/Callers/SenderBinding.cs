using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Platform.Api.Problems;
using Platform.Hosting.Dpop;

namespace Platform.Api.Callers;

/// <summary>
/// Refuses a token in the hands of anybody but its holder: by a proof (RFC 9449), by the certificate of the connection (RFC 8705). It asks nobody,
/// and stands before the caller's own limit, which a thief must not use up.
/// </summary>
sealed class SenderBinding(RequestDelegate next, Challenges challenges, IOptions<ApiOptions> options, TimeProvider clock)
{
    const string OtherKey = "The DPoP proof is signed with another key than the one that the token is bound to.";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<TokenClaims>() is not { } claims || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        var (code, told) = CheckKey(context, claims.Binding);
        code ??= CheckCertificate(context.Connection.ClientCertificate, claims.Binding);
        code ??= context.Features.Get<TrustedIssuer>()!.RequireBound && !claims.Binding.IsBound ? ErrorCodes.TokenBindingRequired : null;
        return code is null ? next(context) : challenges.RefuseStranger(context, code, told);
    }

    (ApiError? Code, string? Told) CheckKey(HttpContext context, TokenBinding binding)
    {
        var presented = PresentedToken.Of(context);
        if (binding.KeyThumbprint is null)
        {
            return (presented.By == Presentation.Dpop ? ErrorCodes.TokenNotBound : null, null);
        }

        var header = context.Request.Headers[DpopProof.Header];
        if (presented.By != Presentation.Dpop || header.Count == 0)
        {
            return (ErrorCodes.TokenProofMissing, null);
        }

        var outcome = options.Value.PublicAddressOf(context.Request) is { } address
            ? DpopProof.Check(header, context.Request.Method, address, clock.GetUtcNow(), DpopProof.HashOf(presented.Text))
            : DpopRefusal.WrongUri;
        if (outcome.Proof is not { } proof || proof.KeyThumbprint != binding.KeyThumbprint)
        {
            return (ErrorCodes.TokenProofInvalid, outcome.Refusal?.Told ?? OtherKey);
        }

        context.Features.Set(proof);
        return (null, null);
    }

    // Whoever signed the certificate does not matter: the handshake proved the key, and the token names the certificate.
    ApiError? CheckCertificate(X509Certificate2? certificate, TokenBinding binding)
    {
        if (binding.CertificateHash is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return certificate is null ? ErrorCodes.TokenCertificateMissing
            : Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)) != binding.CertificateHash
                || now < certificate.NotBefore.ToUniversalTime()
                || now > certificate.NotAfter.ToUniversalTime() ? ErrorCodes.TokenCertificateWrong
            : null;
    }
}
