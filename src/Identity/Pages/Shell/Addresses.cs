using System.Globalization;
using Platform.Identity.Interactions;

namespace Platform.Identity.Pages.Shell;

/// <summary>Where the pages are.</summary>
static class Addresses
{
    public const string Login = "/login";
    public const string SecondFactor = "/login/second";
    public const string Waiting = "/login/waiting";
    public const string LevelTooLow = "/login/level";
    public const string Continue = "/continue";
    public const string Claims = "/claims";
    public const string Consent = "/consent";
    public const string ConsentWaiting = "/consent/waiting";
    public const string Activate = "/activate";
    public const string Unlock = "/unlock";
    public const string Account = "/account";
    public const string Devices = "/account/devices";
    public const string History = "/account/history";
    public const string Services = "/account/services";
    public const string Password = "/account/password";
    public const string Lock = "/account/lock";
    public const string App = "/app";
    public const string Logout = "/logout";
    public const string LoggedOut = "/logged-out";
    public const string Error = "/error";

    /// <summary>Where the engine goes on with an interaction.</summary>
    public const string Authorize = "/connect/authorize";

    public const string EndSession = "/connect/endsession";

    public static string With(string path, string? handle) =>
        handle is null ? path : string.Create(CultureInfo.InvariantCulture, $"{path}?{InteractionStore.Parameter}={Uri.EscapeDataString(handle)}");

    /// <summary>A path on this server and nothing that a browser could take for another host.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(letter => char.IsControl(letter) || letter == '\\');
}
