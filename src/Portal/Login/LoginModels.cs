namespace Platform.Portal.Login;

/// <summary>What the page after logout shows; <paramref name="OnlyHere"/> if the identity server could not be told.</summary>
public sealed record LoggedOut(string LoginPath, bool OnlyHere);

/// <summary>What the page about an ended session shows.</summary>
public sealed record Ended(string LoginPath);
