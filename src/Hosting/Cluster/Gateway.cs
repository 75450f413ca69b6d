using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Platform.Hosting.Cluster;

/// <summary>One configured way to silos: an address, or a name that stands for as many as there are.</summary>
sealed record Gateway(string Host, int Port, IPAddress? Address)
{
    public bool IsThisMachine => Address is null ? Host == "localhost" : IPAddress.IsLoopback(Address);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Gateway? gateway)
    {
        gateway = null;
        if (IPEndPoint.TryParse(text ?? "", out var end))
        {
            gateway = end.Port == 0 ? null : new Gateway(end.Address.ToString(), end.Port, end.Address);
        }
        else if (text?.Split(':') is [var host, var number]
            && Uri.CheckHostName(host) == UriHostNameType.Dns
            && ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0)
        {
            gateway = new Gateway(host, port, null);
        }

        return gateway is not null;
    }

    public async Task<IEnumerable<IPEndPoint>> Resolve(CancellationToken cancellation)
    {
        IPAddress[] addresses = Address is null ? await Dns.GetHostAddressesAsync(Host, cancellation) : [Address];
        return addresses.Select(address => new IPEndPoint(address, Port));
    }
}
