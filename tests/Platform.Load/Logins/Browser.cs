using System.Net;
using System.Net.Sockets;

namespace Platform.Load.Logins;

/// <summary>One person's browser: keeps cookies and follows redirects on the server's own pages.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient[] _ways;

    /// <summary>A browser that reaches every address at one of <paramref name="instances"/>, as if a balancer had sent it there; without any it goes where the address says.</summary>
    public Browser(IReadOnlyList<IPEndPoint> instances) => _ways = instances is [] ? [Way(null)] : [.. instances.Select(Way)];

    /// <summary>The instance that is reached from now on.</summary>
    public int Instance { get; set; }

    public HttpClient Http => _ways[Instance];

    /// <summary>Follows redirects until they lead to the relying party or to a page; gives where it ended and, for a page, its text.</summary>
    public async Task<(Uri Address, string? Page)> Follow(Uri address, string redirectUri, CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await Http.GetAsync(address, cancellation);
            if (answer.Headers.Location is not { } location)
            {
                if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    throw new RefusedException($"{address.AbsolutePath}: {(int)answer.StatusCode}", (int)answer.StatusCode);
                }

                return (address, await answer.Content.ReadAsStringAsync(cancellation));
            }

            address = new Uri(address, location);
            if (address.AbsoluteUri.StartsWith(redirectUri, StringComparison.Ordinal))
            {
                return (address, null);
            }
        }
    }

    public void Dispose()
    {
        foreach (var way in _ways)
        {
            way.Dispose();
        }
    }

    private HttpClient Way(IPEndPoint? instance)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = _cookies };
        if (instance is not null)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(instance, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return new HttpClient(handler) { Timeout = Patience };
    }
}
