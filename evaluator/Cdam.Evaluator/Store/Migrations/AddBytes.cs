using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Evaluator.Store.Migrations;

/// <summary>What sessions send and receive; 0 of images that were measured before.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261123110000_AddBytes")]
internal sealed class AddBytes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("SentBytes", "benchmarks", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("ReceivedBytes", "benchmarks", nullable: false, defaultValue: 0L);
    }
}
