namespace Platform.Identity.Pages.Shell;

/// <summary>
/// The cookie that the framework's form tokens belong to. It is secure whenever people reach us by https, also where TLS ends in front of this
/// process; the framework's own setting would then refuse every request.
/// </summary>
sealed class FormCookie(bool secure) : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = secure;
        return options;
    }
}
