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

    public void PushRefused(string clientId, string reason)
    {
        LogPushRefused(clientId, reason);
        Count("push.refused", reason);
    }

    public void UserInfoRefused(string reason)
    {
        LogUserInfoRefused(reason);
        Count("userinfo.refused", reason);
    }

    public void Revoked(string clientId, string outcome)
    {
        LogRevoked(clientId, outcome);
        Count("token.revoked", outcome);
    }

    public void ReuseDetected(string clientId, string kind)
    {
        LogReuseDetected(clientId, kind);
        Count("reuse.detected", kind);
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

    public void LogoutGivenUp(string clientId)
    {
        LogLogoutGivenUp(clientId);
        Count("logout.given-up");
    }

    public void UpstreamFailed(string reason)
    {
        LogUpstreamFailed(reason);
        Count("upstream.failed", reason);
    }

    /// <summary>A request for administration by somebody who may not.</summary>
    public void AdminRefused(string reason)
    {
        LogAdminRefused(reason);
        Count("admin.refused", reason);
    }

    /// <summary>An act of administration; who acted on whom is kept in the database.</summary>
    public void Administered(string act, string outcome)
    {
        LogAdministered(act, outcome);
        Count(act, outcome);
    }

    [LoggerMessage(200, LogLevel.Information, "Token issued to {clientId} for {grant}.", EventName = "token.issued")]
    partial void LogTokenIssued(string clientId, string grant);

    [LoggerMessage(201, LogLevel.Warning, "Token refused to {clientId} for {grant} ({reason}).", EventName = "token.refused")]
    partial void LogTokenRefused(string clientId, string grant, string reason);

    [LoggerMessage(202, LogLevel.Warning, "Authorization refused to {clientId} ({reason}).", EventName = "authorization.refused")]
    partial void LogAuthorizationRefused(string clientId, string reason);

    [LoggerMessage(203, LogLevel.Error, "A {kind} of {clientId} came a second time.", EventName = "reuse.detected")]
    partial void LogReuseDetected(string clientId, string kind);

    [LoggerMessage(204, LogLevel.Warning, "The upstream provider could not be asked ({reason}).", EventName = "upstream.failed")]
    partial void LogUpstreamFailed(string reason);

    [LoggerMessage(205, LogLevel.Information, "{clientId} was told of an ended session.", EventName = "logout.delivered")]
    partial void LogLogoutDelivered(string clientId);

    [LoggerMessage(206, LogLevel.Warning, "{clientId} could not be told of an ended session ({reason}).", EventName = "logout.failed")]
    partial void LogLogoutFailed(string clientId, string reason);

    [LoggerMessage(207, LogLevel.Information, "Administration: {act}, {outcome}.", EventName = "administered")]
    partial void LogAdministered(string act, string outcome);

    [LoggerMessage(208, LogLevel.Warning, "Pushed request of {clientId} refused ({reason}).", EventName = "push.refused")]
    partial void LogPushRefused(string clientId, string reason);

    [LoggerMessage(209, LogLevel.Warning, "Userinfo refused ({reason}).", EventName = "userinfo.refused")]
    partial void LogUserInfoRefused(string reason);

    [LoggerMessage(210, LogLevel.Information, "Revocation by {clientId}: {outcome}.", EventName = "token.revoked")]
    partial void LogRevoked(string clientId, string outcome);

    [LoggerMessage(211, LogLevel.Error, "{clientId} was not told of an ended session: it did not answer for too long.", EventName = "logout.given-up")]
    partial void LogLogoutGivenUp(string clientId);

    [LoggerMessage(212, LogLevel.Warning, "Administration refused ({reason}).", EventName = "admin.refused")]
    partial void LogAdminRefused(string reason);
}
