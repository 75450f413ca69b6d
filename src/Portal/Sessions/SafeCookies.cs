using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Platform.Portal.Sessions;

/// <summary>
/// Writes values into cookies that no script reads, no other host plants and no other site sends along; encrypted, and in parts where one cookie
/// would be too long for browsers.
/// </summary>
sealed class SafeCookies(IDataProtectionProvider protection, IOptions<PortalOptions> options)
{
    const int PartLength = 3600;
    const int MostParts = 3;
    const int MostBytes = 256 * 1024;

    /// <summary>Over TLS the prefix makes browsers refuse a cookie that another host of the domain tries to plant.</summary>
    public string Name(string name) => options.Value.IsSecure ? $"__Host-{name}" : name;

    public CookieOptions Options(TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        Secure = options.Value.IsSecure,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };

    public bool Write<T>(HttpContext context, string name, T value, TimeSpan? life = null)
    {
        var text = WebEncoders.Base64UrlEncode(protection.CreateProtector(name).Protect(Pack(value)));
        var parts = text.Chunk(PartLength).Select(part => new string(part)).ToArray();
        if (parts.Length > MostParts)
        {
            return false;
        }
        for (var index = 0; index < MostParts; index++)
        {
            if (index < parts.Length)
            {
                // The first part says how many there are, so that parts of an earlier value are never taken for this one's.
                context.Response.Cookies.Append(Part(name, index), index == 0 ? $"{parts.Length}.{parts[0]}" : parts[index], Options(life));
            }
            else if (context.Request.Cookies.ContainsKey(Part(name, index)))
            {
                context.Response.Cookies.Delete(Part(name, index), Options());
            }
        }
        return true;
    }

    /// <summary>The value; null where there is none, or none that this portal wrote.</summary>
    public T? Read<T>(HttpContext context, string name) where T : class
    {
        if (context.Request.Cookies[Part(name, 0)] is not [>= '1' and <= '3', '.', ..] first)
        {
            return null;
        }
        var parts = Enumerable.Range(0, first[0] - '0').Select(index => index == 0 ? first[2..] : context.Request.Cookies[Part(name, index)] ?? "");
        try
        {
            return Unpack<T>(protection.CreateProtector(name).Unprotect(WebEncoders.Base64UrlDecode(string.Concat(parts))));
        }
        catch (Exception malformed) when (malformed is CryptographicException or FormatException or JsonException or InvalidDataException)
        {
            return null;
        }
    }

    public void Delete(HttpContext context, string name)
    {
        for (var index = 0; index < MostParts; index++)
        {
            if (context.Request.Cookies.ContainsKey(Part(name, index)))
            {
                context.Response.Cookies.Delete(Part(name, index), Options());
            }
        }
    }

    string Part(string name, int index) => index == 0 ? Name(name) : $"{Name(name)}.{index}";

    static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, value);
        }
        return packed.ToArray();
    }

    static T? Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[MostBytes];
        var count = brotli.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
        return JsonSerializer.Deserialize<T>(bytes.AsSpan(0, count));
    }
}
