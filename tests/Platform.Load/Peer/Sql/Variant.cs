using System.CommandLine.Parsing;

namespace Platform.Load.Peer.Sql;

/// <summary>The province with some settings of its own, to be measured beside the province as it is.</summary>
internal sealed record Variant(string Name, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Reads <c>NAME:KEY=VALUE,KEY=VALUE</c>, keys as environment variables.</summary>
    public static Variant? Read(string text, ArgumentResult told)
    {
        var parts = text.Split(':', 2);
        var pairs = parts is [_, var settings] ? Array.ConvertAll(settings.Split(','), pair => pair.Split('=', 2)) : [];
        if (pairs.Length > 0 && parts[0].Length > 0 && Array.TrueForAll(pairs, pair => pair is [{ Length: > 0 }, _]))
        {
            return new Variant(parts[0], pairs.ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
        }

        told.AddError("A variant is written NAME:KEY=VALUE,KEY=VALUE.");
        return null;
    }
}
