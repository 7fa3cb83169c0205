using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Store;

/// <summary>The tables, the same in SQLite and PostgreSQL.</summary>
internal sealed class StoreContext(DbContextOptions<StoreContext> options) : DbContext(options)
{
    public DbSet<BenchmarkRow> Benchmarks => Set<BenchmarkRow>();

    public DbSet<ImageRow> Images => Set<ImageRow>();

    public DbSet<ResultRow> Results => Set<ResultRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<ImageSetRow> ImageSets => Set<ImageSetRow>();

    public DbSet<PictureRow> Pictures => Set<PictureRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => StoreModel.Describe(modelBuilder);
}
