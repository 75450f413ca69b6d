using System.Net;
using System.Net.Sockets;

namespace Platform.Identity.Pages.Shell;

/// <summary>Browser and coarse address, for people to recognise where something was done.</summary>
static class Place
{
    static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var parts = new[] { Name(Browsers, agent), Name(Systems, agent), Network(context.Connection.RemoteIpAddress) };
        var known = string.Join(" · ", parts.Where(part => part is not null));
        return known.Length > 0 ? known : "?";
    }

    static string? Name((string Mark, string Name)[] names, string agent) =>
        names.FirstOrDefault(name => agent.Contains(name.Mark, StringComparison.OrdinalIgnoreCase)).Name;

    // Enough to tell home from abroad, not enough to follow somebody.
    static string? Network(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
        {
            return null;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}.x"
            : new IPAddress([.. bytes.AsSpan(0, 6), .. new byte[10]]) + "/48";
    }
}
