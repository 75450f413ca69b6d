using Platform.Domain.Citizens;

namespace Platform.Identity.Audit;

// What people do.
sealed partial class IdentityAudit
{
    public void LoginOk(PersonalId number, int level, string factors, string clientId)
    {
        LogLoginOk(Pseudonym(number), level, factors, clientId);
        Count("login.ok", factors);
    }

    /// <summary>A refused login; null where nobody is known to whom it was.</summary>
    public void LoginRefused(PersonalId? number, string factor, string reason)
    {
        LogLoginRefused(Pseudonym(number?.Reveal()), factor, reason);
        Count("login.refused", reason);
    }

    public void LoginBlocked(PersonalId number, string factor)
    {
        LogLoginBlocked(Pseudonym(number), factor);
        Count("login.blocked", factor);
    }

    public void StepUpOk(PersonalId number, int level, string factors, string clientId)
    {
        LogStepUpOk(Pseudonym(number), level, factors, clientId);
        Count("step-up.ok", factors);
    }

    public void FactorAdded(PersonalId number, string factor)
    {
        LogFactorAdded(Pseudonym(number), factor);
        Count("factor.added", factor);
    }

    public void FactorRemoved(PersonalId number, string factor)
    {
        LogFactorRemoved(Pseudonym(number), factor);
        Count("factor.removed", factor);
    }

    public void FactorRefused(PersonalId number, string factor, string reason)
    {
        LogFactorRefused(Pseudonym(number), factor, reason);
        Count("factor.refused", reason);
    }

    public void PasswordChanged(PersonalId number)
    {
        LogPasswordChanged(Pseudonym(number));
        Count("password.changed");
    }

    public void AccountActivated(PersonalId number)
    {
        LogAccountActivated(Pseudonym(number));
        Count("account.activated");
    }

    public void ActivationRefused(PersonalId number, string reason)
    {
        LogActivationRefused(Pseudonym(number), reason);
        Count("account.activation-refused", reason);
    }

    public void AccountLocked(PersonalId number)
    {
        LogAccountLocked(Pseudonym(number));
        Count("account.locked");
    }

    public void AccountUnlocked(PersonalId number)
    {
        LogAccountUnlocked(Pseudonym(number));
        Count("account.unlocked");
    }

    public void ApprovalAsked(PersonalId number, string what, string? refusal)
    {
        LogApprovalAsked(Pseudonym(number), what, refusal ?? "asked");
        Count("approval.asked", refusal ?? what);
    }

    public void ApprovalDecided(PersonalId number, string outcome)
    {
        LogApprovalDecided(Pseudonym(number), outcome);
        Count("approval.decided", outcome);
    }

    public void ClaimsApproved(PersonalId number, string clientId, string claims)
    {
        LogClaimsApproved(Pseudonym(number), clientId, claims);
        Count("claims.approved");
    }

    public void ClaimsDenied(PersonalId number, string clientId)
    {
        LogClaimsDenied(Pseudonym(number), clientId);
        Count("claims.denied");
    }

    public void ConsentGranted(PersonalId number, string clientId, string purpose)
    {
        LogConsentGranted(Pseudonym(number), clientId, purpose);
        Count("consent.granted");
    }

    public void ConsentRefused(PersonalId number, string clientId, string purpose)
    {
        LogConsentRefused(Pseudonym(number), clientId, purpose);
        Count("consent.refused");
    }

    public void ConsentNotTaken(PersonalId number, string clientId, string reason)
    {
        LogConsentNotTaken(Pseudonym(number), clientId, reason);
        Count("consent.not-taken", reason);
    }

    public void SessionEnded(PersonalId number, string reason)
    {
        LogSessionEnded(Pseudonym(number), reason);
        Count("session.ended", reason);
    }

    public void FormRefused(string path)
    {
        LogFormRefused(path);
        Count("form.refused");
    }

    [LoggerMessage(100, LogLevel.Information, "Level {level} login with {factors} for {clientId} by {subject}.", EventName = "login.ok")]
    partial void LogLoginOk(string subject, int level, string factors, string clientId);

    [LoggerMessage(101, LogLevel.Warning, "Login with {factor} refused ({reason}) to {subject}.", EventName = "login.refused")]
    partial void LogLoginRefused(string subject, string factor, string reason);

    [LoggerMessage(102, LogLevel.Warning, "Login with {factor} not tried for {subject}: too many attempts.", EventName = "login.blocked")]
    partial void LogLoginBlocked(string subject, string factor);

    [LoggerMessage(103, LogLevel.Information, "Step-up to level {level} with {factors} for {clientId} by {subject}.", EventName = "step-up.ok")]
    partial void LogStepUpOk(string subject, int level, string factors, string clientId);

    [LoggerMessage(104, LogLevel.Information, "{factor} added by {subject}.", EventName = "factor.added")]
    partial void LogFactorAdded(string subject, string factor);

    [LoggerMessage(105, LogLevel.Information, "{factor} removed by {subject}.", EventName = "factor.removed")]
    partial void LogFactorRemoved(string subject, string factor);

    [LoggerMessage(106, LogLevel.Warning, "Adding {factor} refused ({reason}) to {subject}.", EventName = "factor.refused")]
    partial void LogFactorRefused(string subject, string factor, string reason);

    [LoggerMessage(107, LogLevel.Information, "Password changed by {subject}.", EventName = "password.changed")]
    partial void LogPasswordChanged(string subject);

    [LoggerMessage(108, LogLevel.Information, "Account activated by {subject}.", EventName = "account.activated")]
    partial void LogAccountActivated(string subject);

    [LoggerMessage(109, LogLevel.Warning, "Activation refused ({reason}) to {subject}.", EventName = "account.activation-refused")]
    partial void LogActivationRefused(string subject, string reason);

    [LoggerMessage(110, LogLevel.Information, "Account locked by its holder {subject}.", EventName = "account.locked")]
    partial void LogAccountLocked(string subject);

    [LoggerMessage(111, LogLevel.Information, "Account unlocked by its holder {subject}.", EventName = "account.unlocked")]
    partial void LogAccountUnlocked(string subject);

    [LoggerMessage(112, LogLevel.Information, "Question on a device answered ({outcome}) by {subject}.", EventName = "approval.decided")]
    partial void LogApprovalDecided(string subject, string outcome);

    [LoggerMessage(113, LogLevel.Information, "{claims} approved for {clientId} by {subject}.", EventName = "claims.approved")]
    partial void LogClaimsApproved(string subject, string clientId, string claims);

    [LoggerMessage(114, LogLevel.Information, "Identity claims denied to {clientId} by {subject}.", EventName = "claims.denied")]
    partial void LogClaimsDenied(string subject, string clientId);

    [LoggerMessage(115, LogLevel.Information, "Consent for {purpose} given through {clientId} by {subject}.", EventName = "consent.granted")]
    partial void LogConsentGranted(string subject, string clientId, string purpose);

    [LoggerMessage(116, LogLevel.Information, "Consent for {purpose} refused through {clientId} by {subject}.", EventName = "consent.refused")]
    partial void LogConsentRefused(string subject, string clientId, string purpose);

    [LoggerMessage(117, LogLevel.Information, "Session ended ({reason}) by {subject}.", EventName = "session.ended")]
    partial void LogSessionEnded(string subject, string reason);

    [LoggerMessage(118, LogLevel.Warning, "A form for {path} came without this server's token.", EventName = "form.refused")]
    partial void LogFormRefused(string path);

    [LoggerMessage(119, LogLevel.Information, "Devices of {subject} asked about a {what} ({outcome}).", EventName = "approval.asked")]
    partial void LogApprovalAsked(string subject, string what, string outcome);

    [LoggerMessage(120, LogLevel.Warning, "Consent through {clientId} not taken ({reason}) from {subject}.", EventName = "consent.not-taken")]
    partial void LogConsentNotTaken(string subject, string clientId, string reason);
}
