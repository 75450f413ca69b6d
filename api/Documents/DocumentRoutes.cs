using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Callers;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Contracts;
using Platform.Domain;

namespace Platform.Api.Documents;

/// <summary>Authoritative sources push documents.</summary>
static class DocumentRoutes
{
    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/documents").WithTags("Documents").RequireAuthorization(Policies.DocumentsPush)
            .MapPut("", Put)
            .WithName("putDocument")
            .WithSummary("Push a document or a new version of it")
            .WithDescription(
                "Idempotent by issuerVersion: the same version with the same content changes nothing, a higher one replaces what is held, a lower one is refused. "
                + "What the source no longer sends in attributes is no longer held.")
            .Refuses(
                ErrorCodes.PersonalIdMalformed, ErrorCodes.TextEmpty, ErrorCodes.TextTooLong, ErrorCodes.NumberOutOfRange,
                ErrorCodes.DocumentKindUnknown, ErrorCodes.DocumentAttributeUnknown, ErrorCodes.DocumentValueMalformed, ErrorCodes.DocumentDatesInvalid,
                ErrorCodes.DocumentNotYours, ErrorCodes.CitizenUnknown, ErrorCodes.DocumentVersionOld, ErrorCodes.DocumentVersionConflict,
                ErrorCodes.DocumentsTooMany);

    static async Task<Results<Ok<DocumentPutView>, Refusal>> Put(Body<DocumentPush> body, SystemCaller caller, IGrainFactory grains, Again again)
    {
        var push = body.Value;
        var call = new PutDocumentCall { System = caller.Id, Document = DomainJson.Write(push.ToDocument()) };
        var answer = await again.Call(() => grains.GetGrain<ICitizenSources>(push.Subject.PersonalId).PutDocument(call));
        return answer.Refusal is { } refusal
            ? Refusal.Of(refusal)
            : TypedResults.Ok(new DocumentPutView { Changed = answer.Changed, HeldVersion = answer.HeldVersion });
    }
}

/// <summary>What became of a pushed document.</summary>
sealed record DocumentPutView
{
    /// <summary>False if exactly this version was already held.</summary>
    public required bool Changed { get; init; }

    /// <summary>The issuer version now held.</summary>
    public required long HeldVersion { get; init; }
}
