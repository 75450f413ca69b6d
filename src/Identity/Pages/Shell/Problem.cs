namespace Platform.Identity.Pages.Shell;

/// <summary>Something that went wrong, what to do next, and the field it is about.</summary>
public sealed record Problem(string Text, string Next, string? Field = null);
