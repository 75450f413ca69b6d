using System.Data.Common;
using System.Net.Sockets;

namespace Platform.Silo.Storage;

/// <summary>Tells what a database, or the way to it, did from what a program did.</summary>
internal static class DatabaseFault
{
    /// <summary>Whether the same may succeed when the database answers again. The driver lets the fault of a name that cannot be looked up through as it is.</summary>
    public static bool Is(Exception exception) => exception is DbException or SocketException or TimeoutException;
}
