using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>The citizen's own e-ID account, in front of accounts that do what the real ones promise.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    const string Other = "067199000025";
    readonly FakeGrains _grains = new();
    readonly Dictionary<string, EidAccountView> _accounts = [];
    ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start(_grains, ("Api:TrustedIssuers:1:LiveSessions", "true"));
        _accounts[ApiServer.Person] = Account("session-1", "session-2", "session-3");
        _accounts[Other] = Account("session-9");
        _grains.On<IEidAccountGrain, EidSessionView?>("CheckSession", call => Of(call).Sessions.FirstOrDefault(session => session.Id == call.Argument<string>()));
        _grains.On<IEidAccountGrain, EidAccountView?>("GetAccount", Of);
        _grains.On<IEidAccountGrain, bool>("EndSession", call => Keep(call, session => session.Id != call.Argument<string>()));
        _grains.On<IEidAccountGrain, bool>("EndSessions", call => Keep(call, session => session.Id == call.Argument<string?>(1)));
        _grains.On<IEidAccountGrain, EidAnswer>("Lock", call =>
        {
            Keep(call, _ => false);
            return new EidAnswer();
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_holder_sees_sessions_devices_and_history_and_no_id_that_opens_anything()
    {
        var answer = await _server.Get("/v1/me/account", Token());
        var account = answer.AssertOk();

        Assert.Equal((2, "active", "Nguyễn Thị Hòa", false, 8), (
            account.GetProperty("level").GetInt32(), account.GetProperty("state").GetString(), account.GetProperty("name").GetString(),
            account.GetProperty("isWard").GetBoolean(), account.GetProperty("recoveryCodesLeft").GetInt32()));
        var sessions = account.GetProperty("sessions").EnumerateArray().ToArray();
        Assert.Equal([true, false, false], sessions.Select(session => session.GetProperty("current").GetBoolean()));
        Assert.Equal("portal", sessions[0].GetProperty("parties")[0].GetProperty("clientId").GetString());
        Assert.Equal(["pwd", "otp"], sessions[0].GetProperty("methods").EnumerateArray().Select(method => method.GetString()));
        Assert.Equal("totp", account.GetProperty("devices")[0].GetProperty("kind").GetString());
        Assert.Equal("login.ok", account.GetProperty("history")[0].GetProperty("kind").GetString());
        Assert.Equal("level.raised", account.GetProperty("lifeCycle")[0].GetProperty("kind").GetString());
        Assert.DoesNotContain("session-", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("device-1", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pairwise", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Other, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_session_is_refused_at_its_next_call_and_the_others_go_on()
    {
        var second = await Reference("session-2");
        (await _server.Get("/v1/me/account", Token("session-2"))).AssertOk();

        Assert.Equal(204, (await End(second)).Status);

        (await _server.Get("/v1/me/account", Token("session-2"))).AssertRefused(401, "session.ended");
        (await _server.Get("/v1/me/account", Token("session-3"))).AssertOk();
        (await End(second)).AssertRefused(404, "session.unknown");
        Assert.Equal(2, _accounts[ApiServer.Person].Sessions.Length);
    }

    [Fact]
    public async Task Who_ends_the_own_session_is_refused_at_the_next_call()
    {
        Assert.Equal(204, (await End(await Reference("session-1"))).Status);

        (await _server.Get("/v1/me/account", Token())).AssertRefused(401, "session.ended");
    }

    [Fact]
    public async Task Another_persons_session_is_unknown_and_lives_on()
    {
        var theirs = (await _server.Get("/v1/me/account", Token("session-9", Other))).AssertOk().GetProperty("sessions")[0].GetProperty("ref").GetString()!;

        (await End(theirs)).AssertRefused(404, "session.unknown");

        (await _server.Get("/v1/me/account", Token("session-9", Other))).AssertOk();
        Assert.DoesNotContain(_grains.Calls, call => call.Method == "EndSession");
    }

    [Theory]
    [InlineData("session-2")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%20")]
    public async Task What_is_no_reference_ends_nothing(string reference)
    {
        (await End(reference)).AssertRefused(404, "session.unknown");
        Assert.DoesNotContain(_grains.Calls, call => call.Method == "EndSession");
    }

    [Fact]
    public async Task All_others_end_and_asking_again_changes_nothing()
    {
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(204, (await _server.Send(HttpMethod.Post, "/v1/me/account/sessions/end-others", Token())).Status);
            Assert.Equal("session-1", Assert.Single(_accounts[ApiServer.Person].Sessions).Id);
        }

        (await _server.Get("/v1/me/account", Token("session-2"))).AssertRefused(401, "session.ended");
        (await _server.Get("/v1/me/account", Token())).AssertOk();
        Assert.Single(_accounts[Other].Sessions);
    }

    [Fact]
    public async Task A_lock_ends_every_session_and_the_next_call_is_refused()
    {
        Assert.Equal(204, (await _server.Send(HttpMethod.Post, "/v1/me/account/lock", Token())).Status);

        Assert.Equal(EidLockedBy.Holder, _grains.Calls.Last(call => call.Method == "Lock").Argument<LockCall>().By);
        foreach (var session in new[] { "session-1", "session-2", "session-3" })
        {
            (await _server.Get("/v1/me/account", Token(session))).AssertRefused(401, "session.ended");
        }

        (await _server.Send(HttpMethod.Post, "/v1/me/account/lock", Token())).AssertRefused(401, "session.ended");
        Assert.Single(_accounts[Other].Sessions);
    }

    [Fact]
    public async Task An_account_that_was_ended_cannot_be_locked()
    {
        _grains.On<IEidAccountGrain, EidAnswer>("Lock", _ => new EidAnswer { Refusal = EidRefusals.AccountCancelled });

        (await _server.Send(HttpMethod.Post, "/v1/me/account/lock", Token())).AssertRefused(409, "account.cancelled");
    }

    [Fact]
    public async Task Without_an_account_there_is_nothing_to_see_or_end()
    {
        _grains.On<IEidAccountGrain, EidAccountView?>("GetAccount", _ => null);

        (await _server.Get("/v1/me/account", Token())).AssertRefused(404, "account.unknown");
        (await End("AAAAAAAAAAAAAAAAAAAAAA")).AssertRefused(404, "account.unknown");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/sessions/end-others")]
    [InlineData("POST", "/lock")]
    public async Task Reading_the_record_does_not_open_the_account(string method, string path)
    {
        (await _server.Send(new HttpMethod(method), $"/v1/me/account{path}", Token(scope: "me.read me.consents"))).AssertRefused(403, "token.scope-missing");
        Assert.Equal(3, _accounts[ApiServer.Person].Sessions.Length);
    }

    [Fact]
    public async Task A_token_without_a_session_cannot_say_which_are_the_others()
    {
        await using var server = await ApiServer.Start(_grains);
        var claims = Claims("session-1", ApiServer.Person, "me.account");
        claims.Remove("sid");

        (await server.Send(HttpMethod.Post, "/v1/me/account/sessions/end-others", TestIssuer.Sign(server.People.Token(claims))))
            .AssertRefused(401, "token.session-missing");
        Assert.Equal(3, _accounts[ApiServer.Person].Sessions.Length);
    }

    Task<ApiAnswer> End(string reference) => _server.Send(HttpMethod.Post, $"/v1/me/account/sessions/{reference}/end", Token());

    async Task<string> Reference(string session) => (await _server.Get("/v1/me/account", Token(session))).AssertOk()
        .GetProperty("sessions").EnumerateArray().Single(one => one.GetProperty("current").GetBoolean()).GetProperty("ref").GetString()!;

    string Token(string session = "session-1", string person = ApiServer.Person, string scope = "me.account") =>
        TestIssuer.Sign(_server.People.Token(Claims(session, person, scope)));

    static Dictionary<string, object> Claims(string session, string person, string scope) => new()
    {
        ["sub"] = "citizen-1",
        ["client_id"] = "portal",
        ["acr"] = "urn:vn:eid:level:2",
        ["personal_id"] = person,
        ["sid"] = session,
        ["scope"] = scope,
    };

    EidAccountView Of(GrainCall call) => _accounts[call.Key];

    bool Keep(GrainCall call, Func<EidSessionView, bool> isKept)
    {
        _accounts[call.Key] = Of(call) with { Sessions = [.. Of(call).Sessions.Where(isKept)] };
        return true;
    }

    static EidAccountView Account(params string[] sessions) => new()
    {
        Holder = EidHolder.Citizen,
        State = EidState.Active,
        Level = 2,
        Roles = [],
        Devices = [new EidDeviceView { Id = "device-1", Kind = FactorKind.Totp, Name = "app", AddedAt = Answers.At }],
        RecoveryCodesLeft = 8,
        Sessions = [.. sessions.Select((id, age) => Sessions.Live(2) with { Id = id, AuthenticatedAt = Answers.At.AddHours(age) })],
        History = [new EidEvent { At = Answers.At, Kind = "login.ok", Place = "Firefox" }],
        LifeCycle = [new EidEvent { At = Answers.At, Kind = "level.raised", Place = "Gia Nghĩa", Official = Other, Detail = $"face {Other}" }],
        Name = "Nguyễn Thị Hòa",
    };
}
