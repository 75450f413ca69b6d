using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Storage;
using Platform.Tests.Api;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class AttemptTests() : AttemptRules(() => Task.FromResult<string?>(null));

public sealed class PostgresAttemptTests(PostgresServer server) : AttemptRules(async () => await server.CreateDatabase());

/// <summary>What holds for attempts whichever database counts them.</summary>
public abstract class AttemptRules(Func<Task<string?>> database) : IAsyncLifetime
{
    const string Number = "067185001234";
    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
    IdentityPlace _place = null!;
    WebApplication _app = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    LoginAttempts Attempts => _app.Services.GetRequiredService<LoginAttempts>();

    AttemptStore Store => _app.Services.GetRequiredService<AttemptStore>();

    public async ValueTask InitializeAsync()
    {
        _place = new IdentityPlace(await database());
        _app = IdentityServer.Build(_place, _clock);
        await _app.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
        await _app.Services.GetRequiredService<SharedSecrets>().Load(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Strangers_at_one_address_are_stopped_for_a_growing_time()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], await Waits(5 + 8, _ => Stranger(1)));
    }

    [Fact]
    public async Task A_pause_is_forgotten_after_a_day()
    {
        await Block();

        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        }
    }

    [Fact]
    public async Task Asking_while_blocked_does_not_draw_the_pause_out()
    {
        var until = await Block();
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal(until, (await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        }

        _clock.SetUtcNow(until);
        Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        Assert.Null((await Attempts.Take(Stranger(1), "001099000001", Ct)).BlockedUntil);
    }

    [Fact]
    public async Task A_stranger_elsewhere_does_not_keep_a_new_browser_of_the_holder_waiting()
    {
        for (var network = 0; network < 19; network++)
        {
            for (var i = 0; i < 7; i++)
            {
                await Attempts.Take(Stranger(network), Number, Ct);
            }
        }

        Assert.Null((await Attempts.Take(Stranger(99), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task Many_addresses_together_are_stopped_too_for_minutes_and_not_for_an_hour()
    {
        Assert.Equal([1, 2, 4, 5, 5, 5], await Waits(100 + 6, network => Stranger(network)));
    }

    [Fact]
    public async Task Waiting_for_others_guesses_uses_up_no_attempt_of_ones_own()
    {
        await Waits(103, network => Stranger(network));
        var until = await BlockFromEverywhere();
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal(until, (await Attempts.Take(From("198.51.100.7"), Number, Ct)).BlockedUntil);
        }

        _clock.SetUtcNow(until);
        Assert.Null((await Attempts.Take(From("198.51.100.7"), Number, Ct)).BlockedUntil);
        Assert.Null((await Attempts.Take(From("198.51.100.7"), "001099000001", Ct)).BlockedUntil);
    }

    [Fact]
    public async Task Strangers_never_keep_out_a_browser_that_the_holder_has_used()
    {
        var known = Known();
        await BlockFromEverywhere();

        Assert.Null((await Attempts.Take(known, Number, Ct)).BlockedUntil);
        Assert.NotNull((await Attempts.Take(Stranger(99), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task Nobody_at_another_address_keeps_the_holder_from_activating()
    {
        for (var network = 0; network < 200; network++)
        {
            for (var i = 0; i < 12; i++)
            {
                await Attempts.TakeActivation(Stranger(network), Number, Ct);
            }
        }

        Assert.NotNull((await Attempts.TakeActivation(Stranger(1), Number, Ct)).BlockedUntil);
        Assert.Null((await Attempts.TakeActivation(From("198.51.100.7"), Number, Ct)).BlockedUntil);
        Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task A_known_browser_is_known_for_its_own_accounts_only_and_has_a_limit_too()
    {
        var known = Known();
        for (var i = 0; i < 10; i++)
        {
            Assert.Null((await Attempts.Take(known, Number, Ct)).BlockedUntil);
        }

        Assert.NotNull((await Attempts.Take(known, Number, Ct)).BlockedUntil);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await Attempts.Take(known, "001099000001", Ct)).BlockedUntil);
        }

        Assert.NotNull((await Attempts.Take(known, "001099000001", Ct)).BlockedUntil);
    }

    [Fact]
    public async Task A_number_that_is_blocked_uses_up_nothing_of_the_address()
    {
        await Block();
        for (var i = 0; i < 150; i++)
        {
            Assert.NotNull((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        }

        Assert.Null((await Attempts.Take(Stranger(1), "001099000001", Ct)).BlockedUntil);
    }

    [Fact]
    public async Task One_address_cannot_try_many_numbers()
    {
        var blocked = 0;
        for (var i = 0; i < 102; i++)
        {
            blocked += (await Attempts.Take(Stranger(1), $"{i:D12}", Ct)).BlockedUntil is null ? 0 : 1;
        }

        Assert.Equal(2, blocked);
        Assert.Null((await Attempts.Take(Stranger(2), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_count_together()
    {
        var blocked = 0;
        for (var i = 0; i < 102; i++)
        {
            blocked += (await Attempts.Take(From($"2001:db8:1:2::{i:x}"), $"{i:D12}", Ct)).BlockedUntil is null ? 0 : 1;
        }

        Assert.Equal(2, blocked);
    }

    [Fact]
    public async Task An_attempt_that_succeeded_does_not_count()
    {
        for (var i = 0; i < 20; i++)
        {
            var turn = await Attempts.Take(Stranger(1), Number, Ct);
            Assert.Null(turn.BlockedUntil);
            await turn.Succeeded(Ct);
        }
    }

    [Fact]
    public async Task An_attempt_that_a_fault_ended_does_not_count()
    {
        for (var i = 0; i < 20; i++)
        {
            var turn = await Attempts.Take(Stranger(1), Number, Ct);
            Assert.Null(turn.BlockedUntil);
            await Assert.ThrowsAsync<TimeoutException>(() => turn.Make<bool>(() => throw new TimeoutException(), Ct));
        }
    }

    [Fact]
    public async Task A_password_that_could_not_be_checked_does_not_count()
    {
        var grains = new FakeGrains().On<IEidAccountGrain, PasswordParameters>(nameof(IEidAccountGrain.GetPasswordParameters), _ => throw new TimeoutException());
        var services = _app.Services;
        var check = new PasswordCheck(
            new EidAccounts(() => grains.Factory), services.GetRequiredService<Passwords>(), Attempts, services.GetRequiredService<IdentityAudit>(), _clock);
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => check.Check(Stranger(1), PersonalId.Parse(Number), "a password", Ct));
        }
    }

    [Fact]
    public async Task A_code_that_could_not_be_checked_does_not_count()
    {
        var grains = new FakeGrains().On<IEidAccountGrain, EidAnswer>(nameof(IEidAccountGrain.VerifyTotp), _ => throw new TimeoutException());
        await using var scope = _app.Services.CreateAsyncScope();
        var factors = new SecondFactors(new EidAccounts(() => grains.Factory), Attempts, scope.ServiceProvider.GetRequiredService<IdentityAudit>(), _clock);
        var browser = Stranger(1);
        browser.RequestServices = scope.ServiceProvider;
        var visit = await Visit.BindAsync(browser);
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => factors.Totp(visit!, PersonalId.Parse(Number), "123456"));
        }
    }

    [Fact]
    public async Task An_attempt_whose_sender_went_away_counts()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        for (var i = 0; i < 5; i++)
        {
            var turn = await Attempts.Take(Stranger(1), Number, Ct);
            Assert.Null(turn.BlockedUntil);
            await Assert.ThrowsAsync<OperationCanceledException>(() => turn.Make<bool>(() => throw new OperationCanceledException(gone.Token), gone.Token));
        }

        Assert.NotNull((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task A_wrong_guess_counts_however_it_was_made()
    {
        for (var i = 0; i < 5; i++)
        {
            var turn = await Attempts.Take(Stranger(1), Number, Ct);
            Assert.Null(turn.BlockedUntil);
            Assert.False(await turn.Make(() => Task.FromResult(false), Ct));
        }

        Assert.NotNull((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task A_success_after_a_pause_leaves_no_pause_and_forgets_no_failure()
    {
        _clock.SetUtcNow(await Block());
        await (await Attempts.Take(Stranger(1), Number, Ct)).Succeeded(Ct);

        Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        var until = (await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil;
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(2), until);
    }

    [Fact]
    public async Task Attempts_that_come_at_the_same_moment_are_counted_one_by_one()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Attempts.Take(Stranger(1), Number, Ct)));

        Assert.Equal(5, turns.Count(turn => turn.BlockedUntil is null));
    }

    [Fact]
    public async Task Old_rows_are_pruned_and_no_number_or_address_was_in_them()
    {
        await Attempts.Take(Stranger(1), Number, Ct);
        await using var rows = await _app.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);
        Assert.All(await rows.Attempts.ToListAsync(Ct), row => Assert.Matches("^[A-Za-z0-9+/]{43}=$", row.Key));
        Assert.Equal(0, await Store.Prune(Ct));

        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(3, await Store.Prune(Ct));
    }

    // The minutes that were asked of so many attempts, each made when it may be.
    async Task<List<double>> Waits(int attempts, Func<int, DefaultHttpContext> from)
    {
        var waits = new List<double>();
        for (var i = 0; i < attempts; i++)
        {
            while ((await Attempts.Take(from(i), Number, Ct)).BlockedUntil is { } until)
            {
                waits.Add((until - _clock.GetUtcNow()).TotalMinutes);
                _clock.SetUtcNow(until);
            }
        }
        return waits;
    }

    async Task<DateTimeOffset> Block()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
        }
        return (await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil!.Value;
    }

    async Task<DateTimeOffset> BlockFromEverywhere()
    {
        for (var i = 0; ; i++)
        {
            if ((await Attempts.Take(Stranger(i), Number, Ct)).BlockedUntil is { } until)
            {
                return until;
            }
        }
    }

    DefaultHttpContext Known()
    {
        var context = Stranger(50);
        _app.Services.GetRequiredService<KnownBrowsers>().Remember(context, Number);
        context.Request.Headers.Cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0];
        return context;
    }

    static DefaultHttpContext Stranger(int i) => From($"203.0.113.{i + 1}");

    static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(address) } };
}
