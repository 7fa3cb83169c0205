using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Store;

/// <summary>Keys, indices and sizes of the tables.</summary>
/// <remarks>A change here needs a migration: a test compares what migrations make with what this describes.</remarks>
internal static class StoreModel
{
    /// <summary>Digits of an id.</summary>
    internal const int IdLength = 32;

    /// <summary>Most characters of a name.</summary>
    internal const int NameLength = 512;

    internal static void Describe(ModelBuilder model)
    {
        model.Entity<BenchmarkRow>(table =>
        {
            table.ToTable("benchmarks").HasKey(row => row.Id);
            table.Property(row => row.Id).HasMaxLength(IdLength);
            table.Property(row => row.RequestId).HasMaxLength(IdLength);
            table.HasIndex(row => row.RequestId).IsUnique();
            table.HasIndex(row => row.State);
        });
        model.Entity<ImageRow>(table =>
        {
            table.ToTable("images").HasKey(row => new { row.BenchmarkId, row.Position });
            table.Property(row => row.Name).HasMaxLength(NameLength);
            table.Property(row => row.MaskFile).HasMaxLength(NameLength);
            table.HasOne<BenchmarkRow>().WithMany().HasForeignKey(row => row.BenchmarkId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ResultRow>(table =>
        {
            table.ToTable("results").HasKey(row => new { row.BenchmarkId, row.Position, row.Method });
            table.Property(row => row.Method).HasMaxLength(NameLength);
            table.HasOne<ImageRow>().WithMany().HasForeignKey(row => new { row.BenchmarkId, row.Position }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<EventRow>(table =>
        {
            table.ToTable("events").HasKey(row => new { row.BenchmarkId, row.Number });
            table.HasOne<BenchmarkRow>().WithMany().HasForeignKey(row => row.BenchmarkId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ImageSetRow>(table =>
        {
            table.ToTable("image_sets").HasKey(row => row.Id);
            table.Property(row => row.Id).HasMaxLength(IdLength);
        });
        model.Entity<PictureRow>(table =>
        {
            table.ToTable("pictures").HasKey(row => new { row.ImageSetId, row.Position });
            table.Property(row => row.Name).HasMaxLength(NameLength);
            table.HasOne<ImageSetRow>().WithMany().HasForeignKey(row => row.ImageSetId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
