namespace Platform.Portal.Pages.Shell;

/// <summary>Where the pages are.</summary>
static class Addresses
{
    public const string Home = "/";
    public const string Overview = "/overview";
    public const string Record = "/record";
    public const string Reports = "/reports";
    public const string Documents = "/documents";
    public const string Accesses = "/accesses";
    public const string Consents = "/consents";
    public const string Requests = "/requests";
    public const string Ledger = "/ledger";
    public const string LedgerDownload = "/ledger/download";
    public const string Security = "/security";
    public const string AccountHistory = "/security/history";
    public const string Lock = "/security/lock";

    /// <summary>What a person sees who has just locked the account, and is logged in nowhere any more.</summary>
    public const string Locked = "/account-locked";

    public const string Notifications = "/notifications";
    public const string NotificationChoices = "/notifications/choices";

    /// <summary>Where somebody who is shown a document looks at it.</summary>
    public const string Verify = "/verify";

    public const string Counter = "/counter";
    public const string CounterDossier = "/counter/dossier";
    public const string CounterReports = "/counter/reports";
    public const string Language = "/language";
    public const string Stay = "/session/stay";
    public const string Offline = "/offline";
}
