using System.Net;
using System.Net.Sockets;
using Platform.Hosting;

namespace Platform.Local;

/// <summary>Everything that must be so before anything is started; what is not ends in a sentence that says what to do.</summary>
internal static class DataFolder
{
    private const long LeastFreeBytes = 200L * 1024 * 1024;
    private const long BytesPerCitizen = 12 * 1024;

    /// <summary>Takes the folder for this process; the result is held until the end.</summary>
    public static FileStream Take(LocalOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException("The data folder cannot be made or is not yours. Choose another one with --data DIR.", exception);
        }

        var needed = LeastFreeBytes + (options.Database is null ? options.Citizens * BytesPerCitizen : 0);
        if (new DriveInfo(options.Data).AvailableFreeSpace < needed)
        {
            throw new CannotStartException(
                $"The disk of the data folder has too little space: about {needed / 1024 / 1024} MB are needed. Free some, choose another folder with --data DIR, or fewer --citizens.");
        }

        try
        {
            return new FileStream(options.File("province.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new CannotStartException("The data folder is in use by another process. Stop that one, or choose another folder with --data DIR.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CannotStartException("The data folder cannot be written. Correct its permissions, or choose another one with --data DIR.", exception);
        }
    }

    public static void CheckPorts(LocalOptions options)
    {
        foreach (var port in Enumerable.Range(options.BasePort + 1, 3).Append(options.BasePort + SiloPorts.Silo).Append(options.BasePort + SiloPorts.Gateway))
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            }
            catch (SocketException exception)
            {
                throw new CannotStartException($"Port {port} is in use. Stop what uses it, or choose others with --port BASE.", exception);
            }
        }
    }
}

/// <summary>Ports of the silo within the process, counted from the base port; only this machine reaches them.</summary>
internal static class SiloPorts
{
    public const int Silo = 10;
    public const int Gateway = 11;
}
