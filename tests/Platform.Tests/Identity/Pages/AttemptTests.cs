using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Identity.Attempts;
using Platform.Identity.Storage;
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
    public async Task Strangers_are_stopped_for_a_growing_time()
    {
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            if ((await Attempts.Take(Stranger(i), Number, Ct)).BlockedUntil is { } until)
            {
                waits.Add((until - _clock.GetUtcNow()).TotalMinutes);
                _clock.SetUtcNow(until);
            }
        }

        Assert.Equal([1, 2, 4, 8], waits.Take(4));
    }

    [Fact]
    public async Task The_pause_has_an_end_and_is_forgotten_after_a_day()
    {
        for (var i = 0; i < 60; i++)
        {
            if ((await Attempts.Take(Stranger(i), Number, Ct)).BlockedUntil is { } until)
            {
                Assert.InRange(until - _clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromHours(1));
                _clock.SetUtcNow(until);
            }
        }

        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await Attempts.Take(Stranger(i), Number, Ct)).BlockedUntil);
        }
    }

    [Fact]
    public async Task Asking_while_blocked_does_not_draw_the_pause_out()
    {
        var until = await Block();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(until, (await Attempts.Take(Stranger(i), Number, Ct)).BlockedUntil);
        }

        _clock.SetUtcNow(until);
        Assert.Null((await Attempts.Take(Stranger(1), Number, Ct)).BlockedUntil);
    }

    [Fact]
    public async Task Strangers_never_keep_out_a_browser_that_the_holder_has_used()
    {
        var known = Known();
        await Block();

        Assert.Null((await Attempts.Take(known, Number, Ct)).BlockedUntil);
        Assert.NotNull((await Attempts.Take(Stranger(99), Number, Ct)).BlockedUntil);
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
            var turn = await Attempts.Take(Stranger(i), Number, Ct);
            Assert.Null(turn.BlockedUntil);
            await turn.Succeeded(Ct);
        }
    }

    [Fact]
    public async Task Attempts_that_come_at_the_same_moment_are_counted_one_by_one()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Attempts.Take(Stranger(i), Number, Ct)));

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
        Assert.Equal(2, await Store.Prune(Ct));
    }

    async Task<DateTimeOffset> Block()
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
