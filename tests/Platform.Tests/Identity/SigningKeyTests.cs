using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;
using Platform.Identity.Keys;
using Platform.Identity.Storage;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class SigningKeyTests : IDisposable
{
    const string Client = "bhxh-dak-nong";

    readonly IdentityPlace _place = new();
    readonly SectorKey _key = SectorKey.Es256();
    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(7)));

    // Short lives, because the fake clock fires every tick of every timer on its way through them.
    static readonly Dictionary<string, string?> ShortLives = new()
    {
        ["Identity:Keys:RotateEvery"] = "4.00:00:00",
        ["Identity:Keys:RefreshEvery"] = "00:05:00",
    };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Keys_survive_a_restart()
    {
        string token;
        await using (var before = await IdentityServer.Start(_place, _clock))
        {
            await before.Clients.Register(_key.Registration(Client), Ct);
            token = await Token(before);
        }
        await using var after = await IdentityServer.Start(_place, _clock);

        Assert.True(await Validates(after, token));
        Assert.Single(await PublishedIds(after));
        Assert.Equal(KeyIdOf(token), KeyIdOf(await Token(after)));
    }

    [Fact]
    public async Task Instances_that_start_together_agree_on_one_key()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => IdentityServer.Start(_place, _clock)));
        try
        {
            var ids = await Task.WhenAll(servers.Select(PublishedIds));

            Assert.All(ids, published => Assert.Equal(ids[0], published));
            Assert.Single(ids[0]);
            await servers[0].Clients.Register(_key.Registration(Client), Ct);
            foreach (var server in servers)
            {
                Assert.True(await Validates(servers[0], await Token(server)));
            }
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_running_server_rotates_publishes_ahead_and_retires_without_a_restart()
    {
        await using var server = await IdentityServer.Start(_place, _clock, ShortLives);
        await server.Clients.Register(_key.Registration(Client), Ct);
        var first = await Token(server);

        await Pass(server, TimeSpan.FromDays(3));
        var ids = await PublishedIds(server);
        Assert.Equal(2, ids.Count);
        Assert.Equal(KeyIdOf(first), KeyIdOf(await Token(server)));

        await Pass(server, TimeSpan.FromDays(1) - TimeSpan.FromMinutes(2));
        var last = await Token(server);
        Assert.Equal(KeyIdOf(first), KeyIdOf(last));

        await Pass(server, TimeSpan.FromMinutes(2));
        var next = await Token(server);
        Assert.Equal(ids[1], KeyIdOf(next));
        Assert.True(await Validates(server, last));

        await Pass(server, TimeSpan.FromHours(1));
        Assert.Equal([ids[1]], await PublishedIds(server));
        Assert.True(await Validates(server, next));
        Assert.False(await Validates(server, last));
    }

    [Fact]
    public async Task A_running_server_picks_up_a_rotation_made_elsewhere()
    {
        await using var server = await IdentityServer.Start(_place, _clock);
        await using var elsewhere = IdentityServer.Build(_place, _clock);
        var changed = new TaskCompletionSource();
        server.Services.GetRequiredService<SigningKeyRing>().Changed += changed.SetResult;

        Assert.NotNull(await elsewhere.Services.GetRequiredService<SigningKeys>().Rotate(Ct));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.Equal(2, (await PublishedIds(server)).Count);
    }

    [Fact]
    public async Task A_second_rotation_waits_for_the_first()
    {
        await using var server = await IdentityServer.Start(_place, _clock);
        var keys = server.Services.GetRequiredService<SigningKeys>();

        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromDays(1), await keys.Rotate(Ct));
        Assert.Null(await keys.Rotate(Ct));
        Assert.Equal(["signing", "published ahead"], (await keys.List(Ct)).Select(key => key.State));
    }

    [Fact]
    public async Task A_leaked_key_can_be_given_up_at_once()
    {
        await using var server = await IdentityServer.Start(_place, _clock);
        await server.Clients.Register(_key.Registration(Client), Ct);
        var token = await Token(server);
        var keys = server.Services.GetRequiredService<SigningKeys>();
        await keys.Rotate(Ct);

        await keys.ReplaceAll(Ct);
        await server.Services.GetRequiredService<SigningKeyRing>().Refresh(Ct);

        Assert.False(await Validates(server, token));
        Assert.True(await Validates(server, await Token(server)));
        Assert.Equal(["withdrawn", "withdrawn", "signing"], (await keys.List(Ct)).Select(key => key.State));
    }

    [Fact]
    public async Task Private_keys_are_not_readable_from_the_database()
    {
        await using var server = await IdentityServer.Start(_place, _clock);
        await using var database = await OpenDatabase(server);
        var row = await database.SigningKeys.SingleAsync(Ct);

        var stored = Convert.FromBase64String(row.ProtectedPrivateKey);

        using var key = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => key.ImportPkcs8PrivateKey(stored, out _));
    }

    [Fact]
    public async Task The_private_part_of_a_retired_key_is_destroyed()
    {
        await using var server = await IdentityServer.Start(_place, _clock, ShortLives);
        await Pass(server, TimeSpan.FromDays(3));
        await Pass(server, TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        await using var database = await OpenDatabase(server);

        Assert.Equal([true, false], await database.SigningKeys.OrderBy(row => row.Generation)
            .Select(row => row.ProtectedPrivateKey == "").ToListAsync(Ct));
    }

    [Fact]
    public async Task A_server_without_its_key_ring_refuses_to_start_and_says_what_to_do()
    {
        await (await IdentityServer.Start(_place, _clock)).DisposeAsync();
        Directory.Delete(_place.KeyRing, recursive: true);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => IdentityServer.Start(_place, _clock));

        Assert.Contains("restore the ring", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("keys rotate --at-once", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Moves the clock and refreshes as the server's own timer would; the timer itself has its own test.</summary>
    async Task Pass(IdentityServer server, TimeSpan time)
    {
        _clock.Advance(time);
        await server.Services.GetRequiredService<SigningKeyRing>().Refresh(Ct);
    }

    async Task<string> Token(IdentityServer server)
    {
        var response = await server.AskToken(_key.Assert(Client, _clock.GetUtcNow()));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("access_token").GetString()!;
    }

    static string KeyIdOf(string token) => new JsonWebToken(token).Kid;

    static async Task<List<string>> PublishedIds(IdentityServer server) =>
        [.. (await server.GetJson(".well-known/jwks")).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];

    static async Task<bool> Validates(IdentityServer server, string token)
    {
        var keys = new JsonWebKeySet((await server.GetJson(".well-known/jwks")).GetRawText());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = IdentityServer.Issuer,
            ValidAudience = "urn:platform:api",
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    static Task<IdentityDatabase> OpenDatabase(IdentityServer server) =>
        server.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);
}
