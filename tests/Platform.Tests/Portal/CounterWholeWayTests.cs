using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Api;
using Platform.Api.Callers;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Clients;
using Platform.Tests.Identity;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The counter with a real identity server, API and silo behind it: what an officer does is in the citizen's ledger.</summary>
public sealed class CounterWholeWayTests : IAsyncLifetime
{
    const string Path = "/counter/dossier";
    readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    PeopleServer _people = null!;
    WebApplication _api = null!;
    HttpMessageInvoker _apiHandler = null!;
    PortalPlace _place = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static PersonalId Citizen { get; } = PersonalId.Parse(Samples.Number);

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleServer.Start();
        _api = ApiHost.Build([], Configure);
        await _api.StartAsync(Ct);
        _apiHandler = new HttpMessageInvoker(_api.GetTestServer().CreateHandler());
        _place = new PortalPlace { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()), Upstream = Send };
        await _place.InitializeAsync();
        await _people.Server.Clients.Register(new SectorClientRegistration("one-stop", "One-stop", _place.PublicKeys("one-stop"), ["disclosures.request"]), Ct);
        await _people.Register("counter", registration => registration with
        {
            RedirectUris = ["https://portal.example.vn/counter/signed-in"],
            PostLogoutRedirectUris = ["https://portal.example.vn/counter/logged-out"],
            Jwks = _place.PublicKeys("counter"),
            Scopes = ["openid", "offline_access", "reports.answer"],
            Sector = "counter",
            MinLevel = 2,
            System = "one-stop",
        });
        await _people.AddPerson(Citizen, "Y Bhăm Niê Kđăm");
        await SetRoles("one-stop-officer");
    }

    public async ValueTask DisposeAsync()
    {
        await _place.DisposeAsync();
        _apiHandler.Dispose();
        await _api.DisposeAsync();
        await _people.DisposeAsync();
        _network.Dispose();
    }

    [Fact]
    public async Task The_citizens_ledger_shows_the_officers_role_unit_case_and_masked_reference()
    {
        var officer = await LogIn();
        var page = await Ask(officer, ("want", "age.atLeast"), ("age", "18"), ("want", "profile.fullName"));

        Assert.Equal(("Thông tin cho hồ sơ", HttpStatusCode.OK), (page.Heading, page.Status));
        Assert.Contains("Y Bhăm Niê Kđăm", page.Text, StringComparison.Ordinal);
        var entry = (await Ledger()).Last(entry => entry.Kind == "disclosure");
        Assert.Contains($"{entry.Hash}", page.Text, StringComparison.Ordinal);
        foreach (var part in new[] { "one-stop-officer", CounterPages.Unit, CounterPages.Case, _people.Person.ToString(), "procedure.prefill", "one-stop" })
        {
            Assert.Contains(part, System.Text.RegularExpressions.Regex.Unescape(entry.Body), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(_people.Person.Reveal(), entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_in_the_ledger_once_also_where_the_portal_forgot_it()
    {
        var officer = await LogIn();
        var form = await officer.Get(Path);
        var before = officer.Copy().Cookies;
        Assert.Equal(HttpStatusCode.OK, (await officer.Submit(form, Path, CounterPages.Filled())).Status);

        await using var second = await Another();
        var other = second.Open("vi");
        foreach (var (name, value) in before)
        {
            other.Cookies[name] = value;
        }
        var page = await other.Submit(form, Path, CounterPages.Filled());

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Single(await Ledger(), entry => entry.Kind == "disclosure");
    }

    [Fact]
    public async Task Without_the_role_or_the_session_nothing_is_asked()
    {
        var officer = await LogIn();
        var form = await officer.Get(Path);
        await SetRoles();
        Assert.Equal("Quầy này dành cho cán bộ một cửa", (await officer.Submit(form, Path, CounterPages.Filled())).Heading);
        await SetRoles("one-stop-officer");
        await _people.Account.EndSessions("test", null);
        Assert.StartsWith(IdentityServer.Issuer, (await officer.Submit(form, Path, CounterPages.Filled())).Path, StringComparison.Ordinal);
        Assert.DoesNotContain(await Ledger(), entry => entry.Kind == "disclosure");
    }

    void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:TrustedIssuers:0:Issuer"] = IdentityServer.Issuer,
            ["Api:TrustedIssuers:0:Kinds:0"] = "System",
            ["Api:TrustedIssuers:0:Kinds:1"] = "Person",
        });
        builder.Services.AddSingleton(_people.Silo.Services.GetRequiredService<IGrainFactory>());
        builder.Services.Configure<JwtBearerOptions>(Tokens.SchemeOf(IdentityServer.Issuer), options => options.BackchannelHttpHandler = new Network(this));
    }

    // The identity server listens somewhere else than under the name that it has.
    Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken ct)
    {
        if (request.RequestUri!.Host != new Uri(IdentityServer.Issuer).Host)
        {
            return _apiHandler.SendAsync(request, ct);
        }
        request.RequestUri = new Uri(_people.Server.Client.BaseAddress!, request.RequestUri.PathAndQuery);
        return _network.SendAsync(request, ct);
    }

    /// <summary>One more instance of the portal, with the same keys.</summary>
    async Task<PortalPlace> Another()
    {
        var place = new PortalPlace { Clock = _place.Clock, Upstream = Send };
        foreach (var (setting, file) in new[] { ("KeyFile", "portal.jwk"), ("Counter:KeyFile", "counter.jwk"), ("Counter:SystemKeyFile", "one-stop.jwk"), ("KeyRingDirectory", "ring") })
        {
            place.Settings[$"Portal:{setting}"] = System.IO.Path.Combine(_place.Folder, file);
        }
        await place.InitializeAsync();
        return place;
    }

    async Task<PortalBrowser> LogIn()
    {
        var browser = _place.Open("vi");
        var login = await browser.Fetch("/counter/login");
        var answer = await _people.Open().Authorize(login.Headers.Location!.PathAndQuery[1..]);
        var back = string.Join('&', answer.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        Assert.Equal("Quầy một cửa", (await browser.Get($"/counter/signed-in?{back}")).Heading);
        return browser;
    }

    static async Task<PortalPage> Ask(PortalBrowser browser, params (string, string)[] more) => await browser.Submit(await browser.Get(Path), Path, CounterPages.Filled(more));

    async Task<IEnumerable<LedgerEntryView>> Ledger() =>
        (await _people.Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICitizenSelf>(Citizen.Reveal()).GetLedger(0, 100)).Entries;

    async Task SetRoles(params string[] roles) =>
        Assert.Null((await _people.Account.SetRoles([.. roles], new AuthorityCall { Official = "officer-1", Reason = "order 1" })).Refusal);

    sealed class Network(CounterWholeWayTests tests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => tests.Send(request, cancellationToken);
    }
}
