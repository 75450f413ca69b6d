using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Officials look after accounts and clients, with a token of this server and a role; everything they do is kept.</summary>
public sealed class AdministrationTests : IAsyncLifetime
{
    const string Citizen = "067190005678";
    static readonly AuthorityCall Order = new() { Official = "root", Reason = "order 1" };
    PeopleServer _people = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task An_officer_registers_an_account_and_the_holder_is_given_the_activation_code()
    {
        await _people.Import(Citizen, "1990-05-06");
        var (desk, token) = await LogIn("eid-officer");

        var answer = await Post(desk, token, "admin/accounts/register", new
        {
            personalId = Citizen,
            holder = "citizen",
            holderAgreed = true,
            check = new { place = "Công an phường", biometric = "face", at = TimeProvider.System.GetUtcNow().AddMinutes(-5) },
        });

        Assert.Equal(20, (await Relying.Json(answer)).GetProperty("activationCode").GetString()!.Length);
        var account = await _people.Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IEidAccountGrain>(Citizen).GetAccount();
        Assert.Equal((EidState.Registered, 2), (account!.State, account.Level));
        Assert.Equal("account.registered", account.LifeCycle[0].Kind);
    }

    [Fact]
    public async Task Nobody_administers_without_the_role_the_scope_the_proof_or_a_live_session()
    {
        var body = new { personalId = Citizen, reason = "order 2" };
        var (desk, token) = await LogIn("rule-owner");
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(desk, token, "admin/accounts/lock", body)).StatusCode);

        await _people.Account.SetRoles(["eid-officer"], Order);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(desk, token, "admin/accounts/lock", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(desk, token, "admin/systems")).StatusCode);

        using var bare = new HttpRequestMessage(HttpMethod.Get, "admin/systems");
        bare.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _people.Server.Client.SendAsync(bare, Ct)).StatusCode);

        await _people.Account.EndSessions("test", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(desk, token, "admin/accounts/lock", body)).StatusCode);
    }

    [Fact]
    public async Task Nobody_acts_on_their_own_account()
    {
        var (desk, token) = await LogIn("eid-officer", "identity-admin");

        await IsRefused(await Post(desk, token, "admin/accounts/lower-level", new { personalId = _people.Person.Reveal(), reason = "x" }), HttpStatusCode.Forbidden, "account.not-yourself");
        await IsRefused(
            await Post(desk, token, "admin/roles", new { personalId = _people.Person.Reveal(), roles = new[] { "rule-owner" }, reason = "x" }),
            HttpStatusCode.Forbidden, "account.not-yourself");
    }

    [Fact]
    public async Task An_administrator_registers_and_disables_a_relying_party_and_both_are_in_the_audit()
    {
        var (desk, token) = await LogIn("identity-admin");
        var party = new { clientId = "library", nameVi = "Thư viện", nameEn = "Library", redirectUris = new[] { "https://library.example.vn/cb" }, scopes = new[] { "openid" } };

        Assert.Equal(HttpStatusCode.NoContent, (await Put(desk, token, "admin/relying-parties", party)).StatusCode);
        await IsRefused(
            await Put(desk, token, "admin/relying-parties", party with { redirectUris = ["http://library.example.vn/cb"] }), HttpStatusCode.BadRequest, "registration.refused");
        Assert.Equal(HttpStatusCode.NoContent, (await Post(desk, token, "admin/clients/library/disable", new { })).StatusCode);

        var library = (await Relying.Json(await Get(desk, token, "admin/relying-parties"))).EnumerateArray().Single(one => one.GetProperty("clientId").ValueEquals("library"));
        Assert.False(library.GetProperty("enabled").GetBoolean());
        var audit = await Relying.Json(await Get(desk, token, "admin/audit"));
        Assert.Equal(
            ["relying-party.register done", "relying-party.register registration.refused", "client.disable done"],
            audit.EnumerateArray().Select(act => $"{act.GetProperty("action")} {act.GetProperty("outcome")}"));
    }

    [Fact]
    public async Task Who_lost_everything_is_checked_in_person_and_given_a_new_code_and_it_is_in_the_audit()
    {
        var account = await _people.AddPerson(PersonalId.Parse(Citizen), "LÊ VĂN SÁU");
        var registered = await account.Register(new RegisterAccountCall { Holder = EidHolder.Citizen, Level = 1, HolderAgreed = true, By = "app" });
        var password = new PasswordRecord { Parameters = new PasswordParameters { Salt = new byte[16], MemoryKiB = 19456, Passes = 2 }, Hash = new byte[32] };
        Assert.Null((await account.Activate(registered.Secret!, password)).Refusal);
        var (desk, token) = await LogIn("eid-officer", "identity-admin");
        var check = new { personalId = Citizen, place = "Công an xã", biometric = "face", at = TimeProvider.System.GetUtcNow().AddMinutes(-5) };

        var answer = await Post(desk, token, "admin/accounts/reset-factors", check);

        Assert.Equal(20, (await Relying.Json(answer)).GetProperty("activationCode").GetString()!.Length);
        Assert.Equal(EidState.Registered, (await account.GetAccount())!.State);
        await IsRefused(await Post(desk, token, "admin/accounts/reset-factors", check with { biometric = "none" }), HttpStatusCode.BadRequest, "record.incomplete");
        await IsRefused(
            await Post(desk, token, "admin/accounts/reset-factors", check with { personalId = _people.Person.Reveal() }), HttpStatusCode.Forbidden, "account.not-yourself");
        Assert.Equal(
            ["account.reset-factors done", "account.reset-factors record.incomplete", "account.reset-factors account.not-yourself"], await Acts(desk, token));
    }

    [Fact]
    public async Task An_officer_appoints_a_representative_and_never_oneself()
    {
        const string Guardian = "067190007777";
        var guardian = await _people.AddPerson(PersonalId.Parse(Guardian), "LÊ VĂN GIÀ");
        var ward = await _people.AddPerson(PersonalId.Parse(Citizen), "LÊ VĂN SÁU");
        foreach (var account in new[] { guardian, ward })
        {
            var check = new RaiseLevelCall { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = TimeProvider.System.GetUtcNow().AddMinutes(-1) };
            var registered = await account.Register(new RegisterAccountCall { Holder = EidHolder.Citizen, Level = 2, Check = check, HolderAgreed = true, By = "officer-1" });
            var password = new PasswordRecord { Parameters = new PasswordParameters { Salt = new byte[16], MemoryKiB = 19456, Passes = 2 }, Hash = new byte[32] };
            Assert.Null((await account.Activate(registered.Secret!, password)).Refusal);
        }
        var (desk, token) = await LogIn("eid-officer", "identity-admin");
        Task<HttpResponseMessage> Appoint(string? whom) =>
            Post(desk, token, "admin/accounts/representative", new { personalId = Citizen, representative = whom, reason = "court order 5" });

        await IsRefused(await Appoint(_people.Person.Reveal()), HttpStatusCode.Forbidden, "account.not-yourself");
        await IsRefused(
            await Post(desk, token, "admin/accounts/register", new { personalId = "067190008888", holder = "ward", holderAgreed = true, representative = _people.Person.Reveal() }),
            HttpStatusCode.Forbidden, "account.not-yourself");
        Assert.Equal(HttpStatusCode.NoContent, (await Appoint(Guardian)).StatusCode);
        Assert.Equal((EidHolder.Ward, Guardian), ((await ward.GetAccount())!.Holder, (await ward.GetAccount())!.Representative));
        Assert.Equal(HttpStatusCode.NoContent, (await Appoint(null)).StatusCode);
        Assert.Equal(EidHolder.Citizen, (await ward.GetAccount())!.Holder);
        Assert.Equal(
            ["account.representative account.not-yourself", "account.register account.not-yourself", "account.representative done", "account.representative done"],
            await Acts(desk, token));
    }

    async Task<string[]> Acts(Relying desk, string token) =>
        [.. (await Relying.Json(await Get(desk, token, "admin/audit"))).EnumerateArray().Select(act => $"{act.GetProperty("action")} {act.GetProperty("outcome")}")];

    async Task<(Relying Desk, string Token)> LogIn(params string[] roles)
    {
        Assert.Null((await _people.Account.SetRoles([.. roles], Order)).Refusal);
        var desk = await _people.Register("desk", registration => registration with { Scopes = ["openid", "accounts.manage", "clients.manage"] });
        var answer = await _people.Open().Authorize(await desk.PushedAddress(("scope", "openid accounts.manage clients.manage")));
        return (desk, (await Relying.Json(await desk.Redeem(answer["code"]))).GetProperty("access_token").GetString()!);
    }

    Task<HttpResponseMessage> Get(Relying desk, string token, string path) => Send(desk, token, HttpMethod.Get, path, null);

    Task<HttpResponseMessage> Post(Relying desk, string token, string path, object body) => Send(desk, token, HttpMethod.Post, path, body);

    Task<HttpResponseMessage> Put(Relying desk, string token, string path, object body) => Send(desk, token, HttpMethod.Put, path, body);

    async Task<HttpResponseMessage> Send(Relying desk, string token, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
        request.Headers.Add("DPoP", desk.Dpop.Proof(method.Method, IdentityServer.Issuer + path, desk.Dpop.Nonce, token));
        return await _people.Server.Client.SendAsync(request, Ct);
    }

    static async Task IsRefused(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((status, code), (response.StatusCode, body.GetProperty("code").GetString()));
    }
}
