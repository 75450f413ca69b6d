using Microsoft.EntityFrameworkCore;

namespace Platform.Identity.Storage;

/// <summary>One act of administration.</summary>
sealed class AuditRow
{
    /// <summary>A version 7 UUID, so ordered by time.</summary>
    public required string Id { get; init; }

    public required long At { get; init; }

    /// <summary>The subject by which the API knows the official.</summary>
    public required string Actor { get; init; }

    public required string Action { get; init; }

    /// <summary>A client id, or the subject of an account's holder.</summary>
    public required string Target { get; init; }

    /// <summary><c>done</c> or the code of the refusal.</summary>
    public required string Outcome { get; init; }

    public static void Describe(ModelBuilder model) => model.Entity<AuditRow>(act =>
    {
        act.ToTable("audit_events").HasKey(row => row.Id);
        act.Property(row => row.Id).HasColumnName("id");
        act.Property(row => row.At).HasColumnName("at");
        act.Property(row => row.Actor).HasColumnName("actor");
        act.Property(row => row.Action).HasColumnName("action");
        act.Property(row => row.Target).HasColumnName("target");
        act.Property(row => row.Outcome).HasColumnName("outcome");
    });
}
