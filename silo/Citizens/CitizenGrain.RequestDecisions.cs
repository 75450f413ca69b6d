using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    public async Task<ImmutableArray<string>> GetRequests()
    {
        Guard();
        await ConfirmNewest();
        var now = Now;
        return [.. ConsentRequests.Settle(_stored.State.Requests, now).Select(request => DomainJson.Write(request))];
    }

    public async Task<RequestTextAnswer> DescribeRequest(Guid request, string language)
    {
        Guard();
        await ConfirmNewest();
        var now = Now;
        if (Asked(request, now) is not { } asked)
        {
            return new RequestTextAnswer { Refusal = Refusals.RequestUnknown };
        }

        var statement = asked.State == ConsentRequestState.Waiting ? Statement(asked, language, now) : null;
        return new RequestTextAnswer
        {
            Request = DomainJson.Write(asked),
            Text = statement?.Text,
            TextVersion = statement is null ? null : ConsentStatement.Version,
        };
    }

    public async Task<ConsentAnswer> DecideRequest(RequestDecisionCall call)
    {
        Guard();
        var digest = DomainJson.Digest(call);
        if (Earlier(call.OperationKey, digest) is { } earlier)
        {
            return earlier;
        }

        var now = Now;
        var asked = Asked(call.Request, now);
        var statement = asked is null ? null : Statement(asked, call.Language, now);
        if (Refusal(call, asked, statement) is { } refusal)
        {
            await ConfirmNewest();
            return Refused(refusal);
        }

        var decision = Decision(call, asked!, statement!, now);
        if (Refusal(decision, now) is { } impossible)
        {
            await ConfirmNewest();
            return Refused(impossible);
        }

        var consent = Consented(decision, now);
        var answered = asked! with
        {
            State = call.Granted ? ConsentRequestState.Granted : ConsentRequestState.Refused,
            EndedAt = now,
            Consent = consent.Id,
            Chosen = call.Granted ? consent.Targets : [],
        };
        return await Decide(decision, digest, consent, answered);
    }

    private static string? Refusal(RequestDecisionCall call, ConsentRequest? asked, ConsentStatement? statement)
    {
        if (asked is null)
        {
            return Refusals.RequestUnknown;
        }

        if (asked.State != ConsentRequestState.Waiting)
        {
            return Refusals.RequestDecided;
        }

        // What fits the decision: some of what was asked, each once; nothing where all is refused.
        var fits = call.Targets.IsEmpty != call.Granted
            && call.Targets.Distinct().Count() == call.Targets.Length
            && call.Targets.All(asked.Targets.Contains);
        if (!fits)
        {
            return Refusals.RequestTargetsInvalid;
        }

        return statement is null || ConsentStatement.Hash(statement.Text) != call.TextHash ? Refusals.RequestTextChanged : null;
    }

    private static ConsentCall Decision(RequestDecisionCall call, ConsentRequest asked, ConsentStatement statement, DateTimeOffset now) => new()
    {
        OperationKey = call.OperationKey,
        Recipient = statement.Recipient,
        Purpose = asked.Purpose,
        Targets = call.Granted ? call.Targets : asked.Targets,
        Granted = call.Granted,
        ValidFrom = now,
        ValidTo = now.AddDays(asked.Days),
        LimitCount = asked.Limit?.Count,
        LimitPer = asked.Limit?.Per,
        DataLifeDays = asked.DataLifeDays,
        Channel = call.Channel,
        IdentityLevel = call.IdentityLevel,
        TextVersion = ConsentStatement.Version,
        Language = call.Language,
        TextHash = call.TextHash,
        Text = statement.Text,
    };

    private ConsentRequest? Asked(Guid id, DateTimeOffset now) => _stored.State.Requests.FirstOrDefault(request => request.Id == id)?.At(now);

    /// <summary>What the citizen is told now; null if the rule book in force no longer has the system or the purpose.</summary>
    private ConsentStatement? Statement(ConsentRequest asked, string language, DateTimeOffset now)
    {
        var book = rules.Current(now).Book;
        return book.System(asked.System) is { } system && book.Purpose(asked.Purpose) is { } purpose
            ? ConsentStatement.Word(book, system, purpose, asked.Targets, asked.Days, asked.DataLifeDays, now, language, asked.Limit)
            : null;
    }
}
