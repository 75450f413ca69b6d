using Platform.Domain.Citizens;

namespace Platform.Identity.Audit;

// What relying parties, systems and the authority do.
sealed partial class IdentityAudit
{
    public void TokenIssued(string clientId, string grant)
    {
        LogTokenIssued(clientId, grant);
        Count("token.issued", grant);
    }

    public void TokenRefused(string clientId, string grant, string reason)
    {
        LogTokenRefused(clientId, grant, reason);
        Count("token.refused", reason);
    }

    public void AuthorizationRefused(string clientId, string reason)
    {
        LogAuthorizationRefused(clientId, reason);
        Count("authorization.refused", reason);
    }

    public void ReuseDetected(string clientId, string kind)
    {
        LogReuseDetected(clientId, kind);
        Count("reuse.detected", kind);
    }

    public void ProofRefused(string clientId, string reason)
    {
        LogProofRefused(clientId, reason);
        Count("proof.refused", reason);
    }

    public void LogoutDelivered(string clientId)
    {
        LogLogoutDelivered(clientId);
        Count("logout.delivered");
    }

    public void LogoutFailed(string clientId, string reason)
    {
        LogLogoutFailed(clientId, reason);
        Count("logout.failed", reason);
    }

    public void ClientChanged(string clientId, string change, string by)
    {
        LogClientChanged(clientId, change, by);
        Count("client.changed", change);
    }

    public void AuthorityActed(PersonalId number, string act, string official)
    {
        LogAuthorityActed(Pseudonym(number), act, official);
        Count("authority.acted", act);
    }

    [LoggerMessage(200, LogLevel.Information, "Token issued to {clientId} for {grant}.", EventName = "token.issued")]
    partial void LogTokenIssued(string clientId, string grant);

    [LoggerMessage(201, LogLevel.Warning, "Token refused to {clientId} for {grant} ({reason}).", EventName = "token.refused")]
    partial void LogTokenRefused(string clientId, string grant, string reason);

    [LoggerMessage(202, LogLevel.Warning, "Authorization refused to {clientId} ({reason}).", EventName = "authorization.refused")]
    partial void LogAuthorizationRefused(string clientId, string reason);

    [LoggerMessage(203, LogLevel.Error, "A {kind} of {clientId} came a second time.", EventName = "reuse.detected")]
    partial void LogReuseDetected(string clientId, string kind);

    [LoggerMessage(204, LogLevel.Warning, "A proof of possession of {clientId} was refused ({reason}).", EventName = "proof.refused")]
    partial void LogProofRefused(string clientId, string reason);

    [LoggerMessage(205, LogLevel.Information, "{clientId} was told of an ended session.", EventName = "logout.delivered")]
    partial void LogLogoutDelivered(string clientId);

    [LoggerMessage(206, LogLevel.Warning, "{clientId} could not be told of an ended session ({reason}).", EventName = "logout.failed")]
    partial void LogLogoutFailed(string clientId, string reason);

    [LoggerMessage(207, LogLevel.Information, "{clientId} {change} by {by}.", EventName = "client.changed")]
    partial void LogClientChanged(string clientId, string change, string by);

    [LoggerMessage(208, LogLevel.Information, "{act} of the account of {subject} by {official}.", EventName = "authority.acted")]
    partial void LogAuthorityActed(string subject, string act, string official);
}
