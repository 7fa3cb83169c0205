using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Evaluator.Store.Migrations;

/// <summary>The first tables. Types are left to the database, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261123060000_CreateSessions")]
internal sealed class CreateSessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateBenchmarks(migrationBuilder);
        CreateImages(migrationBuilder);
        CreateResults(migrationBuilder);
        CreateEvents(migrationBuilder);
        CreateImageSets(migrationBuilder);
        CreatePictures(migrationBuilder);
    }

    private static void CreateBenchmarks(MigrationBuilder migration)
    {
        migration.CreateTable("benchmarks", table => new
        {
            Id = table.Column<string>(maxLength: StoreModel.IdLength),
            RequestId = table.Column<string>(maxLength: StoreModel.IdLength, nullable: true),
            RequestHash = table.Column<byte[]>(),
            Settings = table.Column<byte[]>(),
            State = table.Column<int>(),
            CreatedMs = table.Column<long>(),
            EndedMs = table.Column<long>(nullable: true),
            ImageCount = table.Column<int>(),
            MeasuredCount = table.Column<int>(),
            FailedCount = table.Column<int>(),
            ForwardPasses = table.Column<long>(),
            NaiveForwardPasses = table.Column<long>(),
            EventCount = table.Column<long>(),
            CancelRequested = table.Column<bool>(),
            Error = table.Column<byte[]>(nullable: true),
            ImageSetId = table.Column<string>(nullable: true),
            Owner = table.Column<string>(nullable: true),
            LeaseUntilMs = table.Column<long>(),
            Epoch = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_benchmarks", row => row.Id));
        migration.CreateIndex("IX_benchmarks_RequestId", "benchmarks", "RequestId", unique: true);
        migration.CreateIndex("IX_benchmarks_State", "benchmarks", "State");
    }

    private static void CreateImages(MigrationBuilder migration) => migration.CreateTable("images", table => new
    {
        BenchmarkId = table.Column<string>(maxLength: StoreModel.IdLength),
        Position = table.Column<int>(),
        Name = table.Column<string>(maxLength: StoreModel.NameLength),
        Labels = table.Column<string>(),
        State = table.Column<int>(),
        Target = table.Column<string>(nullable: true),
        Error = table.Column<byte[]>(nullable: true),
    }, constraints: table =>
    {
        table.PrimaryKey("PK_images", row => new { row.BenchmarkId, row.Position });
        table.ForeignKey("FK_images_benchmarks_BenchmarkId", row => row.BenchmarkId, "benchmarks", "Id", onDelete: ReferentialAction.Cascade);
    });

    private static void CreateResults(MigrationBuilder migration) => migration.CreateTable("results", table => new
    {
        BenchmarkId = table.Column<string>(maxLength: StoreModel.IdLength),
        Position = table.Column<int>(),
        Method = table.Column<string>(maxLength: StoreModel.NameLength),
        MethodOrder = table.Column<int>(),
        Measured = table.Column<string>(),
    }, constraints: table =>
    {
        table.PrimaryKey("PK_results", row => new { row.BenchmarkId, row.Position, row.Method });
        table.ForeignKey("FK_results_images_BenchmarkId_Position", row => new { row.BenchmarkId, row.Position },
            "images", ["BenchmarkId", "Position"], onDelete: ReferentialAction.Cascade);
    });

    private static void CreateEvents(MigrationBuilder migration) => migration.CreateTable("events", table => new
    {
        BenchmarkId = table.Column<string>(maxLength: StoreModel.IdLength),
        Number = table.Column<long>(),
        Payload = table.Column<byte[]>(),
    }, constraints: table =>
    {
        table.PrimaryKey("PK_events", row => new { row.BenchmarkId, row.Number });
        table.ForeignKey("FK_events_benchmarks_BenchmarkId", row => row.BenchmarkId, "benchmarks", "Id", onDelete: ReferentialAction.Cascade);
    });

    private static void CreateImageSets(MigrationBuilder migration) => migration.CreateTable("image_sets", table => new
    {
        Id = table.Column<string>(maxLength: StoreModel.IdLength),
        CreatedMs = table.Column<long>(),
        ImageCount = table.Column<int>(),
    }, constraints: table => table.PrimaryKey("PK_image_sets", row => row.Id));

    private static void CreatePictures(MigrationBuilder migration) => migration.CreateTable("pictures", table => new
    {
        ImageSetId = table.Column<string>(maxLength: StoreModel.IdLength),
        Position = table.Column<int>(),
        Name = table.Column<string>(maxLength: StoreModel.NameLength),
        Labels = table.Column<string>(),
        Content = table.Column<byte[]>(),
    }, constraints: table =>
    {
        table.PrimaryKey("PK_pictures", row => new { row.ImageSetId, row.Position });
        table.ForeignKey("FK_pictures_image_sets_ImageSetId", row => row.ImageSetId, "image_sets", "Id", onDelete: ReferentialAction.Cascade);
    });
}
