using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Notifications;

/// <summary>Where the things are that notifications are about.</summary>
static class NotificationAddresses
{
    /// <summary>The page about it; null if there is none.</summary>
    public static string? Of(NotificationLink? link) => link switch
    {
        { Type: "access", Id: { } id } when Guid.TryParse(id, out var access) => $"{Addresses.Accesses}/{access}",
        { Type: "consent", Id: { } id } when Guid.TryParse(id, out var consent) => $"{Addresses.Consents}/{consent}",
        { Type: "request", Id: { } id } when Guid.TryParse(id, out var request) => $"{Addresses.Requests}/{request}",
        { Type: "report", Id: { } id } when Guid.TryParse(id, out var report) => $"{Addresses.Reports}#r-{report}",
        { Type: "document", Id: { } kind } => $"{Addresses.Documents}?kind={Uri.EscapeDataString(kind)}",
        { Type: "access" } => Addresses.Accesses,
        { Type: "consent" } => Addresses.Consents,
        { Type: "request" } => Addresses.Requests,
        { Type: "document" } => Addresses.Documents,
        { Type: "report" } => Addresses.Reports,
        { Type: "security" } => Addresses.AccountHistory,
        _ => null,
    };
}
