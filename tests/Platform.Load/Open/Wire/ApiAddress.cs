using System.Net;
using System.Text;

namespace Platform.Load.Open.Wire;

/// <summary>Where an API is reached. Plain HTTP only: what is measured is the API, not a proxy before it.</summary>
internal sealed class ApiAddress
{
    public ApiAddress(Uri address)
    {
        var isLocal = address.Host == "localhost";
        if (address.Scheme != Uri.UriSchemeHttp || (!isLocal && !IPAddress.TryParse(address.Host, out _)))
        {
            throw new ArgumentException($"{address.GetLeftPart(UriPartial.Authority)} is not http:// with an IP address or localhost.", nameof(address));
        }

        EndPoint = new IPEndPoint(isLocal ? IPAddress.Loopback : IPAddress.Parse(address.Host), address.Port);
        Host = Encoding.ASCII.GetBytes(address.Authority);
    }

    public IPEndPoint EndPoint { get; }

    public ReadOnlyMemory<byte> Host { get; }
}
