namespace Platform.Silo.Storage;

/// <summary>The database lacks what this release needs, and this process may not bring it.</summary>
internal sealed class SchemaMissingException(string migration)
    : InvalidOperationException($"Migration {migration} of this release is not applied: run 'migrate' with this release first, or set Schema:Migrate to true.");
