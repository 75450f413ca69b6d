using System.Net;
using System.Net.Sockets;

namespace Platform.Load.Stack;

/// <summary>Ports below the range from which the system takes the local ports of outgoing connections: one of those could be in use by the time a program listens on it.</summary>
internal static class Ports
{
    private const int Lowest = 10_000;
    private const int Highest = 32_000;
    private static readonly Lock Turn = new();

    // Load programs may run side by side; each begins somewhere else.
    private static int s_next = Random.Shared.Next(Lowest, Highest);

    /// <summary>A free port that is not given out again.</summary>
    public static int Next() => Block(1);

    /// <summary>The first of so many free ports in a row, none of which is given out again.</summary>
    public static int Block(int size)
    {
        lock (Turn)
        {
            for (var attempt = 0; attempt < Highest - Lowest; attempt++)
            {
                if (s_next + size > Highest)
                {
                    s_next = Lowest;
                }

                var first = s_next;
                s_next += size;
                if (Enumerable.Range(first, size).All(IsFree))
                {
                    return first;
                }
            }
        }

        throw new StackException("No free ports were found on this machine.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
