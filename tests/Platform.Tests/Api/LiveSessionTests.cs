using System.Text.Json.Nodes;
using System.Collections.Immutable;
using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>People whose sessions are asked at every call.</summary>
public sealed class LiveSessionTests : IAsyncLifetime
{
    const string Session = "session-1";
    readonly FakeGrains _grains = new();

    ApiServer _first = null!;
    ApiServer _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await ApiServer.Start(_grains, ("Api:TrustedIssuers:1:LiveSessions", "true"));
        _second = await ApiServer.Start(_grains, ("Api:TrustedIssuers:1:LiveSessions", "true"));
        _grains.On<ICitizenSelf, string?>("GetRecord", _ => null);
        _grains.On<IRuleBooks, ImmutableArray<RuleBookView>>("List", _ => []);
        Lives(2, "rule-owner");
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_person_is_let_in_by_the_account_that_the_token_names()
    {
        (await _first.Get("/v1/me", Citizen(_first))).AssertRefused(404, "citizen.unknown");

        var asked = Assert.Single(_grains.Calls, call => call.Method == nameof(IEidAccountGrain.CheckSession));
        Assert.Equal((ApiServer.Person, Session), (asked.Key, asked.Argument<string>()));
    }

    [Fact]
    public async Task An_ended_session_is_refused_at_the_next_call_of_every_instance()
    {
        var tokens = new[] { _first, _second }.ToDictionary(server => server, server => Citizen(server));
        foreach (var server in tokens.Keys)
        {
            (await server.Get("/v1/me", tokens[server])).AssertRefused(404, "citizen.unknown");
        }

        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => null);

        foreach (var server in tokens.Keys)
        {
            foreach (var path in new[] { "/v1/me", "/v1/me/documents", "/v1/me/ledger", "/v1/me/consents", "/v1/systems" })
            {
                var answer = await server.Get(path, tokens[server]);
                answer.AssertRefused(401, "session.ended");
                Assert.Equal("Bearer error=\"invalid_token\", error_description=\"session.ended\"", answer.Headers["WWW-Authenticate"]);
            }
        }
    }

    [Fact]
    public async Task Every_call_asks_anew()
    {
        var token = Citizen(_first);
        for (var call = 0; call < 5; call++)
        {
            (await _first.Get("/v1/me", token)).AssertRefused(404, "citizen.unknown");
        }

        Assert.Equal(5, _grains.Calls.Count(call => call.Method == nameof(IEidAccountGrain.CheckSession)));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task The_lower_of_the_tokens_and_the_sessions_level_counts(int token, int session)
    {
        Lives(session, "rule-owner");

        (await _first.Get("/v1/me", Citizen(_first, token))).AssertRefused(403, "identity.level-too-low");
    }

    [Fact]
    public async Task A_role_counts_only_while_both_token_and_session_have_it()
    {
        (await _first.Get("/v1/rulebooks", Staff("rule-owner", "inspector"))).AssertOk();
        (await _first.Get("/v1/rulebooks", Staff("inspector"))).AssertRefused(403, "token.wrong-kind");

        Lives(2, "inspector");
        (await _first.Get("/v1/rulebooks", Staff("rule-owner", "inspector"))).AssertRefused(403, "token.role-missing");

        Lives(2);
        (await _first.Get("/v1/rulebooks", Staff("rule-owner"))).AssertRefused(403, "token.wrong-kind");
    }

    [Theory]
    [InlineData("sid", 401, "token.session-missing")]
    [InlineData("personal_id", 401, "token.session-missing")]
    public async Task A_person_without_a_session_to_ask_is_refused(string missing, int status, string code)
    {
        var claims = Claims(2);
        claims["roles"] = new[] { "rule-owner" };
        claims.Remove(missing);

        (await _first.Get("/v1/rulebooks", TestIssuer.Sign(_first.People.Token(claims)))).AssertRefused(status, code);
        Assert.Empty(_grains.Calls);
    }

    [Fact]
    public async Task Two_sessions_in_one_token_are_none()
    {
        var claims = Claims(2);
        claims["sid"] = new[] { Session, "session-2" };
        (await _first.Get("/v1/me", TestIssuer.Sign(_first.People.Token(claims)))).AssertRefused(401, "token.invalid");
        claims["sid"] = new string('s', 201);
        (await _first.Get("/v1/me", TestIssuer.Sign(_first.People.Token(claims)))).AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task A_token_from_an_earlier_stay_of_the_relying_party_is_refused_at_the_next_call()
    {
        var claims = Claims(2);
        claims["stay"] = "stay-1";
        var early = TestIssuer.Sign(_first.People.Token(claims));
        claims["stay"] = "stay-2";
        var late = TestIssuer.Sign(_first.People.Token(claims));
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(2) with
        {
            Clients = [new SessionClient { ClientId = "portal", Subject = "pairwise", Sid = "sid", Stay = "stay-2" }],
        });

        (await _first.Get("/v1/me", early)).AssertRefused(401, "session.ended");
        (await _first.Get("/v1/me", late)).AssertRefused(404, "citizen.unknown");
        claims["client_id"] = "insurance";
        (await _first.Get("/v1/me", TestIssuer.Sign(_first.People.Token(claims)))).AssertRefused(401, "session.ended");
        claims["stay"] = new[] { "stay-1", "stay-2" };
        (await _first.Get("/v1/me", TestIssuer.Sign(_first.People.Token(claims)))).AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task While_the_account_does_not_answer_nobody_is_let_in_and_nobody_is_logged_out()
    {
        Exception? fault = null;
        var attempts = 0;
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ =>
        {
            attempts++;
            throw fault!;
        });
        foreach (var (exception, code, times) in new (Exception, string, int)[]
        {
            (new TimeoutException(ApiServer.Person), "platform.unavailable", 2),
            (new GatewayTooBusyException(ApiServer.Person), "platform.busy", 1),
            (new TryAgainException(TryAgainException.RecordUnavailable, "x"), "record.unavailable", 2),
            (new TryAgainException(TryAgainException.LedgerBusy, "x"), "ledger.busy", 1),
        })
        {
            (fault, attempts) = (exception, 0);

            var answer = await _first.Get("/v1/me", Citizen(_first));

            answer.AssertRefused(503, code);
            Assert.Equal("1", answer.Headers["Retry-After"]);
            Assert.Equal(times, attempts);
            Assert.DoesNotContain(ApiServer.Person, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_needs_no_token_asks_nothing()
    {
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => null);

        Assert.Equal(200, (await _first.Get("/openapi/v1.json", Citizen(_first))).Status);
        Assert.Empty(_grains.Calls);
    }

    [Fact]
    public async Task A_system_on_its_own_has_no_session()
    {
        (await _first.Get("/v1/catalogue", _first.SystemToken("catalogue.read"))).AssertRefused(500, "platform.fault");
        Assert.DoesNotContain(_grains.Calls, call => call.Method == nameof(IEidAccountGrain.CheckSession));
    }

    static Dictionary<string, object> Claims(int level) => new()
    {
        ["sub"] = "citizen-1",
        ["client_id"] = "portal",
        ["acr"] = $"urn:vn:eid:level:{level}",
        ["personal_id"] = ApiServer.Person,
        ["sid"] = Session,
        ["scope"] = "me.read me.consents rules.draft systems.manage",
    };

    static string Citizen(ApiServer server, int level = 2) => TestIssuer.Sign(server.People.Token(Claims(level)));

    string Staff(params string[] roles)
    {
        var claims = Claims(2);
        claims["roles"] = roles;
        return TestIssuer.Sign(_first.People.Token(claims));
    }

    [Fact]
    public async Task A_ward_grants_no_consent_alone_and_refuses_one()
    {
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(2) with { OfWard = true });
        _grains.On<ICitizenSelf, ConsentAnswer>("DecideConsent", _ => new ConsentAnswer { Refusal = Refusals.CitizenUnknown });
        Task<ApiAnswer> Decide(bool granted)
        {
            var body = JsonNode.Parse(Bodies.Consent)!;
            body["granted"] = granted;
            return _first.Send(HttpMethod.Post, "/v1/me/consents", Citizen(_first), body.ToJsonString(), idempotencyKey: "key-1");
        }

        (await Decide(granted: true)).AssertRefused(403, "representative.needed");
        Assert.DoesNotContain(_grains.Calls, call => call.Method == "DecideConsent");
        (await Decide(granted: false)).AssertRefused(404, "citizen.unknown");
    }

    [Fact]
    public async Task A_ward_grants_no_request_alone_and_refuses_one()
    {
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(2) with { OfWard = true });
        _grains.On<ICitizenSelf, ConsentAnswer>("DecideRequest", _ => new ConsentAnswer { Refusal = Refusals.RequestUnknown });
        var refusing = Bodies.With(Bodies.With(Bodies.RequestDecision, "/granted", false), "/targets", new JsonArray());
        Task<ApiAnswer> Decide(string body) =>
            _first.Send(HttpMethod.Post, $"/v1/me/requests/{Guid.NewGuid()}/decision", Citizen(_first), body, idempotencyKey: "key-1");

        (await Decide(Bodies.RequestDecision)).AssertRefused(403, "representative.needed");
        Assert.DoesNotContain(_grains.Calls, call => call.Method == "DecideRequest");
        (await Decide(refusing)).AssertRefused(404, "request.unknown");
    }

    void Lives(int level, params string[] roles) => _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", _ => Sessions.Live(level, roles));
}

/// <summary>Sessions as an account tells them.</summary>
static class Sessions
{
    public static EidSessionView Live(int level, params string[] roles) => new()
    {
        Id = "session-1",
        Level = level,
        AuthenticatedAt = Answers.At,
        Amr = ["pwd", "otp"],
        OpenedAt = Answers.At,
        Place = "Firefox",
        Clients =
        [
            new SessionClient { ClientId = "portal", Subject = "pairwise", Sid = "sid" },
            new SessionClient { ClientId = "insurance", Subject = "pairwise", Sid = "sid" },
        ],
        Roles = [.. roles],
        Until = Answers.At.AddHours(12),
    };
}
