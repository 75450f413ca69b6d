using System.Net;

namespace Platform.Load.Logins;

/// <summary>One person's browser: keeps cookies and follows redirects on the server's own pages.</summary>
internal sealed class Browser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() };

    public Browser() => Http = new HttpClient(_handler);

    public HttpClient Http { get; }

    /// <summary>Follows redirects until they lead to the relying party or to a page; gives where it ended and, for a page, its text.</summary>
    public async Task<(Uri Address, string? Page)> Follow(Uri address, string redirectUri, CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await Http.GetAsync(address, cancellation);
            if (answer.Headers.Location is not { } location)
            {
                return (address, await answer.Content.ReadAsStringAsync(cancellation));
            }

            address = new Uri(address, location);
            if (address.AbsoluteUri.StartsWith(redirectUri, StringComparison.Ordinal))
            {
                return (address, null);
            }
        }
    }

    public void Dispose() => Http.Dispose();
}
