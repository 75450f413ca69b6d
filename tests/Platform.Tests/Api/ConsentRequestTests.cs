using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Systems ask for consent over HTTP, and citizens see and decide what is asked.</summary>
public sealed class ConsentRequestTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    const string Text = "Bên nhận dữ liệu: Ngân hàng.\nMục đích: mở tài khoản.";
    const string Requests = "/v1/consent-requests";

    static readonly ConsentRequest Asked = new()
    {
        Id = Guid.NewGuid(),
        System = "bank",
        Organisation = "ngan-hang",
        Purpose = "bank.account-opening",
        Targets = ["age.atLeast", "profile.ethnicity", "profile.fullName"],
        Days = 30,
        DataLifeDays = 90,
        Limit = new FrequencyLimit { Count = 3, Per = Period.Month },
        CaseReference = "TK-17",
        Note = "Mở tài khoản.",
        AskedAt = Answers.At,
        Until = Answers.At.AddDays(14),
    };

    static readonly Consent Consent = new()
    {
        Id = Guid.NewGuid(),
        Recipient = "ngan-hang",
        Purpose = "bank.account-opening",
        Targets = ["profile.fullName"],
        State = ConsentState.Granted,
        DecidedAt = Answers.At,
        ValidFrom = Answers.At,
        ValidTo = Answers.At.AddDays(30),
        DataLifeDays = 90,
        Evidence = new ConsentEvidence { Channel = "portal", IdentityLevel = 2, TextVersion = "1", Language = "vi", TextHash = new string('a', 64) },
    };

    static readonly ConsentRequest Granted = Asked with
    {
        State = ConsentRequestState.Granted,
        EndedAt = Answers.At.AddDays(1),
        Consent = Consent.Id,
        Chosen = ["profile.fullName"],
    };

    readonly ApiServer _server = WithBook(fixture.Fresh());

    [Fact]
    public async Task A_request_reaches_the_grain_of_its_subject_whole()
    {
        _server.Grains.On<ICitizenDisclosures, ConsentRequestAnswer>("RequestConsent", _ => Answer(Asked));

        var answer = (await Ask(Bodies.ConsentRequest)).AssertOk();

        var call = _server.Grains.Last.Argument<ConsentRequestCall>();
        Assert.Equal((ApiServer.Person, "key-1", ApiServer.System, "bank.account-opening"), (_server.Grains.Last.Key, call.OperationKey, call.System, call.Purpose));
        Assert.Equal((30, 90, 3, Period.Month, "TK-17", "Mở tài khoản."), (call.Days, call.DataLifeDays, call.LimitCount, call.LimitPer, call.CaseReference, call.Note));
        Assert.Equal(["profile.fullName", "age.atLeast"], call.Targets);
        Assert.Equal((Asked.Id, "waiting"), (answer.GetProperty("id").GetGuid(), answer.GetProperty("state").GetString()));
        Assert.Equal("2026-03-16T02:15:00Z", answer.GetProperty("until").GetString());
        Assert.Empty(answer.GetProperty("targets").EnumerateArray());
    }

    [Theory]
    [InlineData("/subject/personalId", "\"06719900001\"", "personal-id.malformed")]
    [InlineData("/purpose", "\"Mục đích\"", "purpose.malformed")]
    [InlineData("/targets", "[]", "targets.none")]
    [InlineData("/targets/0", "\"profile.nothing\"", "target.unknown")]
    [InlineData("/targets/0", "\"age.atLeast\"", "targets.duplicate")]
    [InlineData("/days", "0", "number.out-of-range")]
    [InlineData("/days", "3651", "number.out-of-range")]
    [InlineData("/dataLifeDays", "0", "number.out-of-range")]
    [InlineData("/limit/count", "0", "number.out-of-range")]
    [InlineData("/caseReference", "\" \"", "text.empty")]
    [InlineData("/note", "\"a\\nb\"", "text.control-character")]
    [InlineData("/more", "1", "request.shape-invalid")]
    public async Task A_wrong_member_is_refused(string pointer, string value, string code)
    {
        (await Ask(Bodies.With(Bodies.ConsentRequest, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Fact]
    public async Task A_note_too_long_and_a_missing_key_are_refused()
    {
        (await Ask(Bodies.With(Bodies.ConsentRequest, "/note", new string('a', 501)))).AssertRefused(400, "text.too-long");
        (await Ask(Bodies.ConsentRequest, null)).AssertRefused(400, "idempotency-key.missing");
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData(Refusals.ConsentRequestPointless, 403)]
    [InlineData(Refusals.SystemSuspended, 403)]
    [InlineData(Refusals.ConsentRequestsTooMany, 409)]
    [InlineData(Refusals.PurposeUnknown, 400)]
    [InlineData(Refusals.ConsentTermsInvalid, 400)]
    [InlineData(Refusals.OperationKeyReused, 409)]
    public async Task A_refusal_to_a_system_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenDisclosures, ConsentRequestAnswer>("RequestConsent", _ => new ConsentRequestAnswer { Refusal = code });

        (await Ask(Bodies.ConsentRequest)).AssertRefused(status, code);
    }

    [Fact]
    public async Task A_system_learns_what_became_of_its_request_and_takes_it_back()
    {
        _server.Grains
            .On<IConsentRequestDesk, ConsentRequestAnswer>("Find", call => call.Argument<Guid>(1) == Asked.Id ? Answer(Granted) : Unknown())
            .On<IConsentRequestDesk, ConsentRequestAnswer>("Cancel", call => call.Argument<Guid>(1) == Asked.Id
                ? new ConsentRequestAnswer { Refusal = Refusals.ConsentRequestEnded }
                : Unknown());

        var found = (await _server.Get($"{Requests}/{Asked.Id}", SystemToken)).AssertOk();

        Assert.Equal((ApiServer.System, "granted", Consent.Id), (_server.Grains.Last.Argument<string>(), found.GetProperty("state").GetString(), found.GetProperty("consent").GetGuid()));
        Assert.Equal(["profile.fullName"], found.GetProperty("targets").EnumerateArray().Select(target => target.GetString()!));
        (await _server.Get($"{Requests}/{Guid.NewGuid()}", SystemToken)).AssertRefused(404, "consent-request.unknown");
        (await _server.Get($"{Requests}/1", SystemToken)).AssertRefused(400, "request.parameter-malformed");
        (await _server.Send(HttpMethod.Delete, $"{Requests}/{Asked.Id}", SystemToken)).AssertRefused(409, "consent-request.ended");
        (await _server.Send(HttpMethod.Delete, $"{Requests}/{Guid.NewGuid()}", SystemToken)).AssertRefused(404, "consent-request.unknown");
    }

    [Fact]
    public async Task A_refused_request_tells_the_system_of_no_consent()
    {
        _server.Grains.On<IConsentRequestDesk, ConsentRequestAnswer>("Find", _ => Answer(Granted with { State = ConsentRequestState.Refused, Chosen = [] }));

        var found = (await _server.Get($"{Requests}/{Asked.Id}", SystemToken)).AssertOk();

        Assert.Equal(("refused", System.Text.Json.JsonValueKind.Null), (found.GetProperty("state").GetString(), found.GetProperty("consent").ValueKind));
    }

    [Fact]
    public async Task The_citizen_sees_waiting_requests_first_with_names_and_what_is_sensitive()
    {
        var late = Granted with { Id = Guid.NewGuid(), EndedAt = Answers.At.AddDays(2) };
        _server.Grains.On<ICitizenSelf, ImmutableArray<string>>(
            "GetRequests", _ => [DomainJson.Write(Granted), DomainJson.Write(Asked with { System = "gone", Purpose = "gone" }), DomainJson.Write(late), DomainJson.Write(Asked)]);

        var requests = (await _server.Get("/v1/me/requests", _server.CitizenToken("me.read"))).AssertOk();

        Assert.Equal(["waiting", "waiting", "granted", "granted"], requests.EnumerateArray().Select(request => request.GetProperty("state").GetString()!));
        Assert.Equal(late.Id, requests[2].GetProperty("id").GetGuid());
        var gone = requests[0];
        Assert.Equal(("gone", System.Text.Json.JsonValueKind.Null), (gone.GetProperty("system").GetProperty("label").GetProperty("vi").GetString(), gone.GetProperty("description").ValueKind));
        var asked = requests[1];
        Assert.Equal("Ngân hàng thương mại", asked.GetProperty("organisation").GetProperty("label").GetProperty("vi").GetString());
        Assert.NotEqual("bank.account-opening", asked.GetProperty("purpose").GetProperty("label").GetProperty("vi").GetString());
        Assert.NotEmpty(asked.GetProperty("description").GetProperty("en").GetString()!);
        Assert.NotEmpty(asked.GetProperty("ground").GetProperty("vi").GetString()!);
        Assert.Equal(
            [("age.atLeast", false), ("profile.ethnicity", true), ("profile.fullName", false)],
            asked.GetProperty("targets").EnumerateArray().Select(target => (target.GetProperty("target").GetString()!, target.GetProperty("sensitive").GetBoolean())));
        Assert.True(requests[2].GetProperty("targets")[2].GetProperty("chosen").GetBoolean());
    }

    [Fact]
    public async Task One_request_comes_with_the_text_and_its_hash_in_the_language_asked_for()
    {
        _server.Grains.On<ICitizenSelf, RequestTextAnswer>("DescribeRequest", call => call.Argument<Guid>() == Asked.Id
            ? new RequestTextAnswer { Request = DomainJson.Write(Asked), Text = Text, TextVersion = "1" }
            : new RequestTextAnswer { Refusal = Refusals.RequestUnknown });
        var token = _server.CitizenToken("me.read");

        var text = (await _server.Get($"/v1/me/requests/{Asked.Id}?language=en", token)).AssertOk().GetProperty("text");

        Assert.Equal("en", _server.Grains.Calls.Single(call => call.Method == "DescribeRequest").Argument<string>(1));
        Assert.Equal(("en", "1", Text), (text.GetProperty("language").GetString(), text.GetProperty("version").GetString(), text.GetProperty("paragraphs").GetString()));
        Assert.Equal(ConsentStatement.Hash(Text), text.GetProperty("hash").GetString());
        (await _server.Get($"/v1/me/requests/{Guid.NewGuid()}", token)).AssertRefused(404, "request.unknown");
        (await _server.Get($"/v1/me/requests/{Asked.Id}?language=fr", token)).AssertRefused(400, "request.parameter-malformed");
    }

    [Fact]
    public async Task A_decision_reaches_the_grain_whole_and_with_the_level_of_the_token()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideRequest", _ => new ConsentAnswer { Consent = DomainJson.Write(Consent) });

        var consent = (await Decide(Bodies.RequestDecision)).AssertOk();

        var made = _server.Grains.Calls.Single(call => call.Method == "DecideRequest");
        var decision = made.Argument<RequestDecisionCall>();
        Assert.Equal((ApiServer.Person, "key-1", Asked.Id, true, "portal", 2), (made.Key, decision.OperationKey, decision.Request, decision.Granted, decision.Channel, decision.IdentityLevel));
        Assert.Equal(("vi", new string('a', 64)), (decision.Language, decision.TextHash));
        Assert.Equal(["profile.fullName"], decision.Targets);
        Assert.Equal("granted", consent.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_refusal_of_a_request_names_nothing()
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>(
            "DecideRequest", _ => new ConsentAnswer { Consent = DomainJson.Write(Consent with { State = ConsentState.Refused }) });
        var refusing = Bodies.With(Bodies.RequestDecision, "/granted", false);

        (await Decide(refusing)).AssertRefused(400, "request.targets-invalid");
        var consent = (await Decide(Bodies.With(refusing, "/targets", new JsonArray()))).AssertOk();

        Assert.Equal("refused", consent.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/granted")]
    [InlineData("/targets")]
    [InlineData("/language")]
    [InlineData("/textHash")]
    public async Task Nothing_that_matters_has_a_default(string pointer)
    {
        (await Decide(Bodies.Without(Bodies.RequestDecision, pointer))).AssertRefused(400, "request.shape-invalid");
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData("/targets", "[]", "targets.none")]
    [InlineData("/targets/0", "\"*\"", "target.unknown")]
    [InlineData("/language", "\"fr\"", "consent.evidence-invalid")]
    [InlineData("/textHash", "\"AA\"", "consent.evidence-invalid")]
    public async Task A_wrong_decision_is_refused(string pointer, string value, string code)
    {
        (await Decide(Bodies.With(Bodies.RequestDecision, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData(Refusals.RequestUnknown, 404)]
    [InlineData(Refusals.RequestDecided, 409)]
    [InlineData(Refusals.RequestTextChanged, 409)]
    [InlineData(Refusals.RequestTargetsInvalid, 400)]
    [InlineData(Refusals.ConsentsTooMany, 409)]
    [InlineData(Refusals.CitizenInactive, 409)]
    [InlineData(Refusals.CitizenUnknown, 404)]
    [InlineData(Refusals.OperationKeyReused, 409)]
    public async Task A_refusal_to_the_citizen_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenSelf, ConsentAnswer>("DecideRequest", _ => new ConsentAnswer { Refusal = code });

        (await Decide(Bodies.RequestDecision)).AssertRefused(status, code);
    }

    string SystemToken => _server.SystemToken("consents.request");

    Task<ApiAnswer> Ask(string body, string? key = "key-1") => _server.Send(HttpMethod.Post, Requests, SystemToken, body, idempotencyKey: key);

    Task<ApiAnswer> Decide(string body) =>
        _server.Send(HttpMethod.Post, $"/v1/me/requests/{Asked.Id}/decision", _server.CitizenToken("me.consents"), body, idempotencyKey: "key-1");

    static ConsentRequestAnswer Answer(ConsentRequest request) => new() { Request = DomainJson.Write(request) };

    static ConsentRequestAnswer Unknown() => new() { Refusal = Refusals.ConsentRequestUnknown };

    static ApiServer WithBook(ApiServer server)
    {
        server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => new RuleBookView
        {
            Number = 1,
            State = RuleBookState.Published,
            DraftedBy = "staff-1",
            Book = DomainJson.Write(RuleBook.Shipped),
        });
        server.Grains.On<ICitizenHistory, ImmutableArray<ConsentUse>>("CountConsentUses", _ => []);
        return server;
    }
}
