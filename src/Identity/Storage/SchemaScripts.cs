using System.Globalization;
using System.Reflection;

namespace Platform.Identity.Storage;

/// <summary>The numbered schema scripts that are built into this program, in order.</summary>
static class SchemaScripts
{
    public static IReadOnlyList<SchemaScript> All { get; } = Load();

    static SchemaScript[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => new SchemaScript(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), Read(assembly, name)))
                .OrderBy(script => script.Version),
        ];
    }

    static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

sealed record SchemaScript(int Version, string Sql);
