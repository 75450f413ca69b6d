namespace Platform.Identity.Sessions;

/// <summary>Identity levels as they are written in <c>acr</c>.</summary>
static class IdentityLevels
{
    const string Prefix = "urn:vn:eid:level:";

    public static IReadOnlyList<string> All { get; } = [Acr(1), Acr(2)];

    public static string Acr(int level) => Prefix + (level == 2 ? '2' : '1');

    /// <summary>1 or 2; 0 for a value that is not ours.</summary>
    public static int Of(string acr) => acr == Acr(2) ? 2 : acr == Acr(1) ? 1 : 0;
}
