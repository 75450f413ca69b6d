namespace Platform.Domain.Sharing;

/// <summary>One thing asked for: an attribute path, or a predicate with its argument.</summary>
public readonly record struct Target(string Name, string? Argument)
{
    /// <summary>Reads <c>path</c> or <c>predicate(argument)</c>; any text is read, what does not exist is refused later.</summary>
    public static Target Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && text[^1] == ')' ? new Target(text[..open], text[(open + 1)..^1]) : new Target(text, null);
    }

    /// <summary>Whether a selector of a rule covers a name: equal, a prefix ending in <c>.*</c>, or <c>*</c>.</summary>
    public static bool Covers(string selector, string name) =>
        selector == "*"
        || string.Equals(selector, name, StringComparison.Ordinal)
        || (selector.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(selector.AsSpan(0, selector.Length - 1), StringComparison.Ordinal));
}
