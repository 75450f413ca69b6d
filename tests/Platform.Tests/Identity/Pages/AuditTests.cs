using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Audit;
using Platform.Identity.Sessions;
using Platform.Tests.Hosting;
using Platform.Tests.Identity.Fapi;
using Platform.Tests.Identity.People;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class AuditTests(PagesPlace place) : IClassFixture<PagesPlace>
{
    [Fact]
    public async Task Every_outcome_is_a_named_event_without_numbers_or_secrets()
    {
        var logs = Record();
        var browser = place.Open();
        var login = await browser.Get("/account");
        await browser.Submit(login, "/login", ("number", place.Number), ("password", "một mật khẩu sai hoàn toàn"));
        await browser.Submit(login, "/login", ("number", place.Number), ("password", PagesPlace.Password));
        await browser.Submit(await browser.Get("/logout"), "/logout");
        await browser.PostRaw("/logout");

        Assert.Contains("Login with password refused (proof.wrong)", logs.All, StringComparison.Ordinal);
        Assert.Contains("Level 1 login with Password", logs.All, StringComparison.Ordinal);
        Assert.Contains("Session ended (logout)", logs.All, StringComparison.Ordinal);
        Assert.Contains("without this server's token", logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Number, logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(PagesPlace.Password, logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(login.Interaction, logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_to_nobody_known_is_a_named_event_too()
    {
        var logs = Record();
        var portal = await place.People.Register("nobody");
        var browser = place.Open();
        var login = await browser.Get("/account");
        await browser.Submit(login, "/login/passkey", ("credential", "{\"id\":1}"));
        for (var i = 0; i < 6; i++)
        {
            await browser.Post(login, "/login", ("number", "067185006666"), ("password", "một mật khẩu sai hoàn toàn"));
        }
        await portal.Push(portal.Authorization(("scope", "openid accounts.manage")));
        await portal.UserInfo("made-up");
        var client = place.People.Server.Client;
        using (var bare = await client.GetAsync(new Uri("admin/systems", UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
        }
        await portal.Post("connect/revoke", new Dictionary<string, string> { ["token"] = "made-up" });

        Assert.Contains(logs.Entries, entry => entry.Contains("Login with Passkey refused", StringComparison.Ordinal) && entry.Contains("to -.", StringComparison.Ordinal));
        foreach (var name in new[] { "login.blocked", "push.refused", "userinfo.refused", "admin.refused", "token.revoked" })
        {
            Assert.True(Saw(logs, name), name);
        }
    }

    [Fact]
    public async Task A_login_that_was_stopped_stands_once_in_the_holders_history()
    {
        var number = PersonalId.Parse("067185006667");
        var (account, _) = await place.OpenAccount(number, "LÊ VĂN CHÍN");
        var browser = place.Open();
        var login = await browser.Get("/account");
        for (var i = 0; i < 10; i++)
        {
            await browser.Post(login, "/login", ("number", number.Reveal()), ("password", "một mật khẩu sai hoàn toàn"));
        }

        Assert.Single((await account.GetAccount())!.History, line => line.Kind == "login.blocked");
        Assert.Single((await account.GetAccount())!.History, line => line.Kind == "login.refused");
    }

    [Fact]
    public async Task A_logout_by_hint_and_a_device_that_was_removed_are_events()
    {
        var logs = Record();
        var portal = await place.People.Register("hinting");
        var browser = place.People.Open();
        var tokens = await Relying.Json(await portal.Redeem(await portal.Code(browser)));
        await browser.Get($"connect/endsession?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        var owner = place.Open();
        var number = PersonalId.Parse("067185006668");
        var (account, secret) = await place.OpenAccount(number, "LÊ VĂN MƯỜI");
        var second = await owner.Submit(await owner.Get("/account/devices"), "/login", ("number", number.Reveal()), ("password", PagesPlace.Password));
        var devices = await owner.Submit(second, "/login/totp", ("code", PagesPlace.Code(secret, 1)));
        await owner.Submit(devices, "/account/devices/remove");

        Assert.Empty((await account.GetAccount())!.Devices);
        Assert.True(Saw(logs, "factor.removed"));
        Assert.Contains("Session ended (rp-logout)", logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relying_party_that_never_answered_a_logout_is_an_event()
    {
        var logs = Record();
        await place.People.Register("silent", registration => registration with { BackChannelLogoutUri = "http://127.0.0.1:9/logged-out" });
        await place.People.Silo.Logouts().Add([
            new LogoutNotice
            {
                Id = Guid.NewGuid(),
                Client = new SessionClient { ClientId = "silent", Subject = "sub", Sid = "sid" },
                EndedAt = TimeProvider.System.GetUtcNow() - IEidLogouts.GiveUpAfter,
            },
        ]);
        // Either this call sends it or the server's own round, which is then about to say so.
        for (var round = 0; round < 5_000 && !Saw(logs, "logout.given-up"); round++)
        {
            await place.People.Server.Services.GetRequiredService<BackChannelLogout>().SendDue(Ct);
        }

        Assert.True(Saw(logs, "logout.given-up"));
        Assert.True(Saw(logs, "logout.failed"));
        Assert.Empty(await place.People.Silo.Logouts().Take(9, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_national_e_ID_that_does_not_answer_is_an_event_and_a_page()
    {
        var file = Path.Combine(Path.GetTempPath(), $"upstream-{Guid.NewGuid():N}.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            await File.WriteAllTextAsync(file, key.ExportECPrivateKeyPem(), Ct);
        }
        var server = await place.People.AddServer(settings: new()
        {
            ["Identity:Upstream:Authority"] = "http://127.0.0.1:9/",
            ["Identity:Upstream:ClientId"] = "us",
            ["Identity:Upstream:KeyFile"] = file,
            ["Identity:Upstream:Levels:2"] = "2",
        });
        var logs = Record(server);
        var browser = place.Open(server);
        var login = await browser.Get("/account");
        var failed = await browser.Get($"/login/upstream?interaction={login.Interaction}");
        var forged = await browser.Get($"/login/upstream/done?interaction={login.Interaction}");
        File.Delete(file);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (failed.Status, forged.Status));
        Assert.True(Saw(logs, "upstream.failed"));
        Assert.Contains("Login with Upstream refused (proof.wrong) to -.", logs.All, StringComparison.Ordinal);
    }

    // Which test of this assembly brings each event about; a new event has to be added with its test.
    static readonly Dictionary<string, string> Provoked = new()
    {
        ["login.ok"] = nameof(Every_outcome_is_a_named_event_without_numbers_or_secrets),
        ["login.refused"] = nameof(Every_outcome_is_a_named_event_without_numbers_or_secrets),
        ["login.blocked"] = nameof(What_is_refused_to_nobody_known_is_a_named_event_too),
        ["step-up.ok"] = nameof(SecondFactorTests.A_level_1_session_is_stepped_up_with_the_missing_factor_alone),
        ["factor.added"] = nameof(AccountPageTests.An_authenticator_app_is_added_with_its_first_code),
        ["factor.refused"] = nameof(AccountPageTests.An_authenticator_app_is_added_with_its_first_code),
        ["factor.removed"] = nameof(A_logout_by_hint_and_a_device_that_was_removed_are_events),
        ["password.changed"] = nameof(AccountPageTests.A_new_password_counts_at_once_and_ends_the_other_sessions),
        ["account.activated"] = nameof(AccountPageTests.An_account_is_activated_once_with_its_code),
        ["account.activation-refused"] = nameof(AccountPageTests.An_account_is_activated_once_with_its_code),
        ["account.locked"] = nameof(SecondFactorTests.An_own_lock_is_lifted_with_two_factors_and_not_with_one),
        ["account.unlocked"] = nameof(SecondFactorTests.An_own_lock_is_lifted_with_two_factors_and_not_with_one),
        ["approval.asked"] = nameof(AccountPageTests.This_browser_becomes_an_approving_device_and_approves),
        ["approval.decided"] = nameof(AccountPageTests.This_browser_becomes_an_approving_device_and_approves),
        ["claims.approved"] = nameof(AskingPageTests.Claims_are_named_one_by_one_and_handed_out_only_if_allowed),
        ["claims.denied"] = nameof(AskingPageTests.Going_on_without_sharing_approves_nothing),
        ["consent.granted"] = nameof(AskingPageTests.Only_what_was_ticked_is_consented_to_once_however_often_the_form_is_sent),
        ["consent.refused"] = nameof(AskingPageTests.A_refusal_is_recorded_and_told_to_the_relying_party),
        ["consent.not-taken"] = nameof(WardTests.A_child_whose_representative_cannot_be_asked_about_a_consent_is_told_so),
        ["session.ended"] = nameof(Every_outcome_is_a_named_event_without_numbers_or_secrets),
        ["form.refused"] = nameof(Every_outcome_is_a_named_event_without_numbers_or_secrets),
        ["token.issued"] = nameof(CodeFlowTests.A_person_logs_in_and_the_relying_party_gets_bound_tokens_of_level_2),
        ["token.refused"] = nameof(CodeFlowTests.A_refresh_token_works_once_and_its_second_use_ends_the_family_at_the_next_call),
        ["authorization.refused"] = nameof(LoginPageTests.Cancelling_sends_the_relying_party_a_denial_through_a_page_in_between),
        ["reuse.detected"] = nameof(CodeFlowTests.A_refresh_token_works_once_and_its_second_use_ends_the_family_at_the_next_call),
        ["upstream.failed"] = nameof(A_national_e_ID_that_does_not_answer_is_an_event_and_a_page),
        ["logout.delivered"] = nameof(LogoutTests.Every_relying_party_of_the_session_is_told_in_the_back_channel_and_one_that_is_down_is_told_later),
        ["logout.failed"] = nameof(A_relying_party_that_never_answered_a_logout_is_an_event),
        ["logout.given-up"] = nameof(A_relying_party_that_never_answered_a_logout_is_an_event),
        ["administered"] = nameof(AdministrationTests.Nobody_acts_on_their_own_account),
        ["push.refused"] = nameof(What_is_refused_to_nobody_known_is_a_named_event_too),
        ["userinfo.refused"] = nameof(What_is_refused_to_nobody_known_is_a_named_event_too),
        ["token.revoked"] = nameof(What_is_refused_to_nobody_known_is_a_named_event_too),
        ["admin.refused"] = nameof(What_is_refused_to_nobody_known_is_a_named_event_too),
    };

    [Fact]
    public void Every_event_is_brought_about_by_a_test() => Assert.Equal(
        typeof(IdentityAudit).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventName).OfType<string>().Order(StringComparer.Ordinal),
        Provoked.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Outcomes_are_counted_by_name_and_reason_and_by_nothing_about_people()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == IdentityAudit.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            lock (counted)
            {
                counted.Add(text);
            }
        });
        listener.Start();
        await place.LogIn(place.Open());

        Assert.Contains("event=login.ok reason=Password", counted);
        Assert.DoesNotContain(counted, text => text.Contains("067", StringComparison.Ordinal));
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    RecordedLogs Record(int server = 0)
    {
        var logs = new RecordedLogs();
        place.People.Servers[server].Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        return logs;
    }

    static bool Saw(RecordedLogs logs, string name) => logs.Entries.Any(entry => entry.Contains($"|{name}|", StringComparison.Ordinal));
}
