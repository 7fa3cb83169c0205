using Microsoft.EntityFrameworkCore;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>The table of concepts, the same in SQLite and PostgreSQL.</summary>
/// <remarks>A change here needs a migration: a test compares what migrations make with what this describes.</remarks>
internal sealed class ConceptContext(DbContextOptions<ConceptContext> options) : DbContext(options)
{
    /// <summary>Most characters of a concept's id.</summary>
    internal const int IdLength = 63;

    /// <summary>Most characters of a model's name.</summary>
    internal const int ModelLength = 128;

    /// <summary>Digits of a request's id.</summary>
    internal const int RequestIdLength = 32;

    public DbSet<ConceptRow> Concepts => Set<ConceptRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ConceptRow>(table =>
    {
        table.ToTable("concepts").HasKey(row => row.Id);
        table.Property(row => row.Id).HasMaxLength(IdLength);
        table.Property(row => row.Model).HasMaxLength(ModelLength);
        table.Property(row => row.RequestId).HasMaxLength(RequestIdLength);
        table.HasIndex(row => row.RequestId).IsUnique();
        table.HasIndex(row => row.Model);
    });
}
