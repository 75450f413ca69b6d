using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.Identity.Admin;

/// <summary>Refusals as problem details (RFC 9457) with the stable code.</summary>
static class AdminAnswers
{
    public const string NotYourself = "account.not-yourself";
    public const string NumberInvalid = "personal-id.invalid";
    public const string RegistrationRefused = "registration.refused";
    public const string ClientUnknown = "client.unknown";

    public static ProblemHttpResult Refuse(string code, string? detail = null) => TypedResults.Problem(
        detail,
        statusCode: code switch
        {
            Contracts.EidRefusals.AccountUnknown or ClientUnknown => StatusCodes.Status404NotFound,
            NumberInvalid or RegistrationRefused or Contracts.EidRefusals.RecordIncomplete => StatusCodes.Status400BadRequest,
            NotYourself => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status409Conflict,
        },
        title: "The step was refused.",
        extensions: new Dictionary<string, object?> { ["code"] = code });
}
