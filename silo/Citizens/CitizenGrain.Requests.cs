using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    private const int MostTargets = 100;
    private const int LongestRequestDays = 3650;

    public async Task<ConsentRequestAnswer> RequestConsent(ConsentRequestCall call)
    {
        Guard();
        var now = Now;
        var digest = DomainJson.Digest(call);
        if (_stored.State.RequestOperations.FirstOrDefault(operation => operation.System == call.System && operation.Key == call.OperationKey) is { } earlier)
        {
            await ConfirmNewest();
            return earlier.Digest == digest ? RequestAnswer(call.System, earlier.Request, now) : RequestRefused(Refusals.OperationKeyReused);
        }

        if (Refusal(call, now) is { } refusal)
        {
            await ConfirmNewest();
            return RequestRefused(refusal);
        }

        var request = new ConsentRequest
        {
            Id = Guid.CreateVersion7(now),
            System = call.System,
            Organisation = rules.Current(now).Book.System(call.System)!.Organisation,
            Purpose = call.Purpose,
            Targets = [.. call.Targets.Order(StringComparer.Ordinal)],
            Days = call.Days,
            DataLifeDays = call.DataLifeDays,
            Limit = call is { LimitCount: { } count, LimitPer: { } per } ? new FrequencyLimit { Count = count, Per = per } : null,
            CaseReference = call.CaseReference,
            Note = call.Note,
            AskedAt = now,
            Until = now + ConsentRequests.Life,
        };
        var settled = ConsentRequests.Settle(_stored.State.Requests, now).Add(request);
        var operations = _stored.State.RequestOperations.Add(new RequestOperation(call.System, call.OperationKey, digest, request.Id));
        await CommitRequests(settled, operations, LedgerKinds.ConsentRequested, request, request.Id, now);
        return RequestAnswer(call.System, request.Id, now);
    }

    public async Task<ConsentRequestAnswer> GetConsentRequest(string system, Guid request)
    {
        Guard();
        await ConfirmNewest();
        return RequestAnswer(system, request, Now);
    }

    public async Task<ConsentRequestAnswer> CancelConsentRequest(string system, Guid request)
    {
        Guard();
        var now = Now;
        var held = Held(system, request, now);
        if (held?.State != ConsentRequestState.Waiting)
        {
            await ConfirmNewest();
            return held is null or { State: ConsentRequestState.Cancelled } ? RequestAnswer(system, request, now) : RequestRefused(Refusals.ConsentRequestEnded);
        }

        var cancelled = held with { State = ConsentRequestState.Cancelled, EndedAt = now };
        var settled = ConsentRequests.Settle(ConsentRequests.With(_stored.State.Requests, cancelled), now);
        await CommitRequests(settled, _stored.State.RequestOperations, LedgerKinds.ConsentRequestCancelled, cancelled, Guid.CreateVersion7(now), now);
        return RequestAnswer(system, request, now);
    }

    private Task CommitRequests(
        ImmutableArray<ConsentRequest> requests, ImmutableArray<RequestOperation> operations, string kind, ConsentRequest about, Guid entry, DateTimeOffset now)
    {
        var kept = requests.Select(request => request.Id).ToHashSet();
        var changed = _stored.State with { Requests = requests, RequestOperations = operations.RemoveAll(operation => !kept.Contains(operation.Request)) };
        return Commit(changed, Draft(kind, now, new ConsentRequestBody(about, DomainJson.Digest(requests))) with { Id = entry });
    }

    private string? Refusal(ConsentRequestCall call, DateTimeOffset now)
    {
        var current = rules.Current(now);
        if (current.IsSuspended(call.System))
        {
            return Refusals.SystemSuspended;
        }

        if (current.Book.Purpose(call.Purpose) is not { } purpose)
        {
            return Refusals.PurposeUnknown;
        }

        var isPossible = call.Targets.Length is > 0 and <= MostTargets
            && call.Targets.All(AttributeCatalogue.Shipped.Knows)
            && call.Targets.Distinct().Count() == call.Targets.Length
            && call.Days is > 0 and <= LongestRequestDays
            && call.DataLifeDays is > 0 and <= LongestDataLifeDays
            && call.LimitCount is null or > 0
            && call.LimitCount is null == call.LimitPer is null;
        if (!isPossible)
        {
            return Refusals.ConsentTermsInvalid;
        }

        if (current.Book.System(call.System) is not { } system || !call.Targets.All(target => ConsentReach.Opens(current.Book, system, purpose, target)))
        {
            return Refusals.ConsentRequestPointless;
        }

        return ConsentRequests.HaveRoom(_stored.State.Requests, call.System, now) ? null : Refusals.ConsentRequestsTooMany;
    }

    private ConsentRequest? Held(string system, Guid id, DateTimeOffset now) =>
        _stored.State.Requests.FirstOrDefault(request => request.Id == id && request.System == system)?.At(now);

    private ConsentRequestAnswer RequestAnswer(string system, Guid id, DateTimeOffset now) => Held(system, id, now) is { } request
        ? new ConsentRequestAnswer { Request = DomainJson.Write(request) }
        : RequestRefused(Refusals.ConsentRequestUnknown);

    private static ConsentRequestAnswer RequestRefused(string code) => new() { Refusal = code };
}
