using System.CommandLine;
using Platform.Load.Logins;

namespace Platform.Load.Commands;

/// <summary>Whole logins and machine tokens beside a peer.</summary>
internal static class LoginsCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Data folder of a running province.", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var callers = new Option<int>("--callers") { Description = "Concurrent callers.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the measured run.", DefaultValueFactory = _ => 15 };
        var peer = new Option<DirectoryInfo?>("--peer") { Description = "Folder of the peer (tests/Platform.Load/Peer after npm ci), to measure it in the same run." };
        var logins = new Command("logins", "Whole logins (pushed request, code, DPoP, refresh) and machine tokens, each caller as fast as it is answered.") { data, callers, seconds, peer };
        logins.SetAction((parsed, cancellation) => LoginLoad.Run(
            parsed.GetRequiredValue(data).FullName, parsed.GetValue(peer)?.FullName, parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
        return logins;
    }
}
