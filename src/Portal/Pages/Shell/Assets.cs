using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Portal.Pages.Shell;

/// <summary>Style sheet, scripts and icon: built into the program, addressed by their content, so that browsers may keep them.</summary>
static class Assets
{
    const string Prefix = "assets/";

    static readonly FrozenDictionary<string, (byte[] Content, string Tag)> Files = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static string Link(string name) => $"/assets/{name}?v={Files[name].Tag}";

    public static IResult Serve(HttpContext context, string name)
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", _ => "image/svg+xml" });
    }

    /// <summary>The service worker, with the addresses that it may keep: never a page about anybody.</summary>
    public static IResult ServeWorker() => Results.Text(
        Encoding.UTF8.GetString(Files["sw.js"].Content).Replace("STYLES", Link("portal.css"), StringComparison.Ordinal).Replace("OFFLINE", Addresses.Offline, StringComparison.Ordinal),
        "text/javascript; charset=utf-8");

    static (byte[], string) Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return (content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
    }
}
