using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Counter;

/// <summary>
/// Lets each form of a session be carried out once. A second click within half a minute gets what the first one got; a form that comes later, or with
/// other content, is told that it was used. This process remembers, the browser does too, and the API takes one proof of a form (see
/// <see cref="Api.ApiClient.AskOnce{T}"/>), so that it holds with several instances.
/// </summary>
sealed class OneTimeForms(SafeCookies cookies, TimeProvider clock) : IDisposable
{
    const int Most = 20_000;
    const int Remembered = 24;
    const string Cookie = "portal-used";
    static readonly TimeSpan SameClick = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Life = TimeSpan.FromHours(12);
    readonly MemoryCache _running = new(new MemoryCacheOptions { SizeLimit = Most });
    readonly MemoryCache _used = new(new MemoryCacheOptions { SizeLimit = Most });
    readonly Lock _one = new();

    /// <summary>What <paramref name="work"/> gave, or gives to the first of two clicks; null if the form was used before. What led to no disclosure may come again.</summary>
    public async Task<Asked?> Once(HttpContext context, PortalSession session, string operation, string content, Func<string, Task<Asked>> work)
    {
        // Only the session to which a form belongs can come back for its answer.
        var name = Hash(session.FormSecret, operation);
        var known = cookies.Read<string[]>(context, Cookie) ?? [];
        if (Start(name, Hash(content), known.Contains(operation), () => work(name)) is not { } running)
        {
            return null;
        }
        var asked = await running;
        if (asked.Disclosure is not null)
        {
            cookies.Write(context, Cookie, known.Append(operation).Distinct().TakeLast(Remembered).ToArray());
        }
        return asked;
    }

    public void Dispose()
    {
        _running.Dispose();
        _used.Dispose();
    }

    Task<Asked>? Start(string name, string content, bool used, Func<Task<Asked>> work)
    {
        lock (_one)
        {
            if (_running.TryGetValue(name, out Running? before) && before!.Counts(clock.GetUtcNow()))
            {
                return before.Content == content ? before.Work : null;
            }
            if (used || _used.TryGetValue(name, out _))
            {
                return null;
            }
            _used.Set(name, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
            var running = Forgetting(name, work);
            _running.Set(name, new Running(content, running, clock.GetUtcNow() + SameClick), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * SameClick });
            return running;
        }
    }

    async Task<Asked> Forgetting(string name, Func<Task<Asked>> work)
    {
        // Whoever started it writes it down first.
        await Task.Yield();
        var done = false;
        try
        {
            var asked = await work();
            done = asked.Disclosure is not null;
            return asked;
        }
        finally
        {
            if (!done)
            {
                Forget(name);
            }
        }
    }

    void Forget(string name)
    {
        lock (_one)
        {
            _used.Remove(name);
            _running.Remove(name);
        }
    }

    static string Hash(params string[] parts) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    sealed record Running(string Content, Task<Asked> Work, DateTimeOffset Until)
    {
        public bool Counts(DateTimeOffset now) => !Work.IsCompleted || now < Until;
    }
}
