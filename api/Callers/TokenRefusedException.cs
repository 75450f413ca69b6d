using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Carries a code through the authentication handlers, which know failures as exceptions only.</summary>
sealed class TokenRefusedException(ApiError code) : Exception("The token was refused.")
{
    public ApiError Code { get; } = code;
}
