using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Evaluator.Store.Migrations;

/// <summary>Sessions that several evaluators share.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261123100000_AddShards")]
internal sealed class AddShards : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("ShardCount", "benchmarks", nullable: false, defaultValue: 0);
}
