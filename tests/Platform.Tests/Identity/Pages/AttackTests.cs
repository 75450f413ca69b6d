using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Audit;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

/// <summary>What attackers try who are no party of the flow: foreign forms, invented identities, asking who has an account.</summary>
public sealed class AttackTests(PagesPlace place) : IClassFixture<PagesPlace>
{
    static readonly string[] Claimed =
    [
        "X-Forwarded-User", "X-Remote-User", "Remote-User", "X-User-Id", "X-Personal-Id", "X-Forwarded-Host", "X-Original-URL", "X-Client-Cert",
        "X-SSL-Client-Cert", "X-ARR-ClientCert", "X-HTTP-Method-Override",
    ];

    [Fact]
    public async Task No_form_of_any_page_is_accepted_without_this_server_s_token()
    {
        var browser = place.Open();
        await place.LogIn(browser);
        var before = await place.Account.GetAccount();
        var forms = place.People.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") ?? false)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => !path.StartsWith("/admin", StringComparison.Ordinal))
            .ToArray();

        Assert.InRange(forms.Length, 15, 100);
        foreach (var form in forms)
        {
            var answer = await browser.PostRaw(form, ("number", place.Number), ("password", PagesPlace.Password), ("__RequestVerificationToken", "x"));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{form} answered {answer.StatusCode}.");
            Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.Contains("eid-session", StringComparison.Ordinal)));
        }

        var after = await place.Account.GetAccount();
        Assert.Equal((before!.State, before.Sessions.Length, before.Devices.Length), (after!.State, after.Sessions.Length, after.Devices.Length));
    }

    [Fact]
    public async Task Nobody_becomes_somebody_by_headers_or_fields()
    {
        var portal = await place.People.Register("smuggling");
        var other = new (string, string?)[]
        {
            ("sub", "somebody-else"), ("personal_id", "067185009999"), ("acr", "urn:vn:eid:level:2"), ("amr", "hwk"), ("roles", "identity-admin"),
            ("sid", "another"), ("client_id", portal.ClientId), ("login_hint", "somebody-else"), ("session", "another"),
        };
        portal.Server.Client.DefaultRequestHeaders.Clear();
        foreach (var header in Claimed)
        {
            portal.Server.Client.DefaultRequestHeaders.Add(header, "067185009999");
        }

        try
        {
            var browser = place.People.Open();
            var address = await portal.PushedAddress(other);
            var asked = Browser.Asked(await browser.Get(address + "&sub=somebody-else&personal_id=067185009999&acr=urn:vn:eid:level:2"))!.Value;
            await browser.LogIn(withDevice: false, interaction: asked.Interaction);
            var padded = await browser.Get($"connect/authorize?interaction={asked.Interaction}&sub=somebody-else");
            Assert.Equal("/error?code=invalid_request", padded.Headers.Location?.OriginalString);
            var code = Browser.Parameters(await browser.Get($"connect/authorize?interaction={asked.Interaction}"))["code"];
            var tokens = await Relying.Json(await portal.Redeem(code, other));
            var (id, access) = (new JsonWebToken(tokens.GetProperty("id_token").GetString()), new JsonWebToken(tokens.GetProperty("access_token").GetString()));

            Assert.Equal(place.Number, access.GetClaim("personal_id").Value);
            Assert.NotEqual("somebody-else", id.Subject);
            Assert.Equal("urn:vn:eid:level:1", id.GetClaim("acr").Value);
            Assert.DoesNotContain(access.Claims, claim => claim.Type == "roles");
            Assert.Equal(["pwd"], id.Claims.Where(claim => claim.Type == "amr").Select(claim => claim.Value));
        }
        finally
        {
            portal.Server.Client.DefaultRequestHeaders.Clear();
        }
    }

    [Fact]
    public async Task A_number_without_an_account_takes_the_same_work_as_one_with_it()
    {
        const string Nobody = "067185007777";
        var silo = place.People.Silo.Services.GetRequiredService<IGrainFactory>();
        var (known, unknown) = (await place.Account.GetPasswordParameters(), await silo.GetGrain<IEidAccountGrain>(Nobody).GetPasswordParameters());
        Assert.Equal((known.MemoryKiB, known.Passes, known.Salt.Length), (unknown.MemoryKiB, unknown.Passes, unknown.Salt.Length));

        Assert.Equal(1, await Checks(place.Number));
        Assert.Equal(1, await Checks(Nobody));
    }

    [Fact]
    public async Task Neither_login_nor_activation_does_more_for_a_number_that_has_an_account()
    {
        var numbers = new Dictionary<string, string> { ["active"] = place.Number, ["unknown"] = "067185007771", ["registered"] = "067185007772", ["locked"] = "067185007773" };
        var registered = await place.People.AddPerson(PersonalId.Parse(numbers["registered"]), "LÊ VĂN BẢY");
        await registered.Register(new RegisterAccountCall { Holder = EidHolder.Citizen, Level = 1, HolderAgreed = true, By = "app" });
        var (locked, _) = await place.OpenAccount(PersonalId.Parse(numbers["locked"]), "LÊ VĂN TÁM");
        await locked.Lock(new LockCall { By = EidLockedBy.Holder });
        (string, string)[] password = [("new-password", "chim én bay cao, 8 con gà"), ("new-password-again", "chim én bay cao, 8 con gà")];

        var work = new Dictionary<string, (string, string)>();
        foreach (var (kind, number) in numbers)
        {
            // The first time a grain may have to be woken, and a line may be due in a history.
            await Steps("/account", "/login", ("number", number), ("password", "một mật khẩu sai"));
            work[kind] = (
                await Steps("/account", "/login", ("number", number), ("password", "một mật khẩu sai")),
                await Steps("/activate", "/activate", [("number", number), ("code", "0123456789ABCDEF0123"), .. password]));
        }

        Assert.All(work.Values, steps => Assert.Equal(("GetPasswordParameters VerifyPassword NoteRefusal", "Activate"), steps));
    }

    // What grains were asked and wrote for one form, which is refused.
    async Task<string> Steps(string page, string action, params (string, string)[] fields)
    {
        var browser = place.Open();
        var form = await browser.Get(page);
        var trace = place.People.Silo.Faults.Trace = new ConcurrentQueue<string>();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post(form, action, fields)).StatusCode);
        place.People.Silo.Faults.Trace = null;
        return string.Join(' ', trace.Where(step => step is not "Take"));
    }

    // How many passwords were hashed for one attempt with a wrong password.
    async Task<int> Checks(string number)
    {
        var hashed = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == IdentityAudit.PasswordTime && instrument.Meter.Scope == place.People.Server.Services.GetRequiredService<IMeterFactory>())
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref hashed));
        listener.Start();
        var browser = place.Open();
        var refused = await browser.Submit(await browser.Get("/account"), "/login", ("number", number), ("password", "một mật khẩu sai"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        return hashed;
    }
}
