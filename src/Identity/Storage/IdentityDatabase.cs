using Microsoft.EntityFrameworkCore;

namespace Platform.Identity.Storage;

/// <summary>OpenIddict's tables and our own. The scripts in <c>Migrations</c> are the schema; a test compares them with this model.</summary>
sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : DbContext(options)
{
    public DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    public DbSet<UsedValueRow> UsedValues => Set<UsedValueRow>();

    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    public DbSet<InteractionRow> Interactions => Set<InteractionRow>();

    public DbSet<AuditRow> AuditEvents => Set<AuditRow>();

    public DbSet<SecretRow> Secrets => Set<SecretRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict();
        AuditRow.Describe(modelBuilder);
        modelBuilder.Entity<SigningKeyRow>(key =>
        {
            key.ToTable("signing_keys").HasKey(row => row.Generation);
            key.Property(row => row.Generation).HasColumnName("generation").ValueGeneratedNever();
            key.Property(row => row.KeyId).HasColumnName("key_id");
            key.Property(row => row.PublicKey).HasColumnName("public_key");
            key.Property(row => row.ProtectedPrivateKey).HasColumnName("protected_private_key");
            key.Property(row => row.CreatedAt).HasColumnName("created_at");
            key.Property(row => row.SignsFrom).HasColumnName("signs_from");
            key.Property(row => row.WithdrawnAt).HasColumnName("withdrawn_at");
        });
        modelBuilder.Entity<UsedValueRow>(assertion =>
        {
            assertion.ToTable("used_assertions").HasKey(row => row.Digest);
            assertion.Property(row => row.Digest).HasColumnName("digest");
            assertion.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        });
        modelBuilder.Entity<ProtectionKeyRow>(key =>
        {
            key.ToTable("protection_keys").HasKey(row => row.Name);
            key.Property(row => row.Name).HasColumnName("name");
            key.Property(row => row.Xml).HasColumnName("xml");
        });
        modelBuilder.Entity<InteractionRow>(interaction =>
        {
            interaction.ToTable("interactions").HasKey(row => row.HandleDigest);
            interaction.Property(row => row.HandleDigest).HasColumnName("handle_digest");
            interaction.Property(row => row.BrowserDigest).HasColumnName("browser_digest");
            interaction.Property(row => row.Content).HasColumnName("content");
            interaction.Property(row => row.Version).HasColumnName("version");
            interaction.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        });
        modelBuilder.Entity<SecretRow>(secret =>
        {
            secret.ToTable("secrets").HasKey(row => row.Name);
            secret.Property(row => row.Name).HasColumnName("name");
            secret.Property(row => row.ProtectedValue).HasColumnName("protected_value");
        });
        modelBuilder.Entity<AttemptRow>(attempt =>
        {
            attempt.ToTable("attempts").HasKey(row => row.Key);
            attempt.Property(row => row.Key).HasColumnName("key");
            attempt.Property(row => row.Count).HasColumnName("count");
            attempt.Property(row => row.NextAt).HasColumnName("next_at");
            attempt.Property(row => row.ForgetAt).HasColumnName("forget_at");
        });
    }
}
