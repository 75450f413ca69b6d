using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;

namespace Platform.Identity.Interactions;

/// <summary>Keeps interactions where every instance finds them; whoever has a handle but not the browser's cookie finds nothing.</summary>
sealed class InteractionStore(
    IDbContextFactory<IdentityDatabase> databases, IDataProtectionProvider protection, IOptions<IdentityOptions> options, TimeProvider clock) : IPruned
{
    /// <summary>Name of the parameter that carries the handle.</summary>
    public const string Parameter = "interaction";

    /// <summary>How long a person may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    const int RandomBytes = 32;
    readonly IDataProtector _protector = protection.CreateProtector("interactions");

    string CookieName => SafeCookies.Name("eid-browser", options.Value);

    /// <summary>Keeps a new interaction for the request's browser, which gets a cookie if it has none.</summary>
    public async Task<Interaction> Start(HttpContext context, Interaction interaction, CancellationToken ct)
    {
        if (Browser(context) is not { } browser)
        {
            browser = Random();
            context.Response.Cookies.Append(CookieName, browser, SafeCookies.Options(options.Value));
        }
        var started = interaction with { Handle = Random() };
        await using var database = await databases.CreateDbContextAsync(ct);
        database.Interactions.Add(new InteractionRow
        {
            HandleDigest = Digest(started.Handle),
            BrowserDigest = Digest(browser),
            Content = Protect(started),
            Version = 0,
            ExpiresAt = started.ExpiresAt.ToUnixTimeSeconds(),
        });
        await database.SaveChangesAsync(ct);
        return started;
    }

    /// <summary>The interaction that a handle names, if it is this browser's and has not run out.</summary>
    public async Task<Interaction?> Find(HttpContext context, string? handle, CancellationToken ct)
    {
        if (handle is not { Length: > 0 and < 100 } || Browser(context) is not { } browser)
        {
            return null;
        }
        var (handleDigest, browserDigest, now) = (Digest(handle), Digest(browser), clock.GetUtcNow().ToUnixTimeSeconds());
        await using var database = await databases.CreateDbContextAsync(ct);
        var row = await database.Interactions.AsNoTracking().SingleOrDefaultAsync(
            candidate => candidate.HandleDigest == handleDigest && candidate.BrowserDigest == browserDigest && candidate.ExpiresAt > now, ct);
        return row is not null && SafeCookies.Unprotect(_protector, row.Content) is { } json
            ? JsonSerializer.Deserialize<Interaction>(json)! with { Handle = handle, Version = row.Version }
            : null;
    }

    /// <summary>Keeps what has changed; null if another request of the same browser has changed it meanwhile.</summary>
    public async Task<Interaction?> Save(Interaction interaction, CancellationToken ct)
    {
        var (digest, content, next) = (Digest(interaction.Handle), Protect(interaction), interaction.Version + 1);
        await using var database = await databases.CreateDbContextAsync(ct);
        var saved = await database.Interactions
            .Where(row => row.HandleDigest == digest && row.Version == interaction.Version)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Content, content).SetProperty(one => one.Version, next), ct);
        return saved == 1 ? interaction with { Version = next } : null;
    }

    /// <summary>Forgets it; true for the first caller alone, so that one request is answered once.</summary>
    public async Task<bool> End(Interaction interaction, CancellationToken ct)
    {
        var digest = Digest(interaction.Handle);
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.Interactions.Where(row => row.HandleDigest == digest).ExecuteDeleteAsync(ct) == 1;
    }

    public async Task<int> Prune(CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.Interactions.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(ct);
    }

    string? Browser(HttpContext context) => context.Request.Cookies[CookieName] is { Length: > 20 and < 100 } browser ? browser : null;

    string Protect(Interaction interaction) => _protector.Protect(JsonSerializer.Serialize(interaction));

    static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
