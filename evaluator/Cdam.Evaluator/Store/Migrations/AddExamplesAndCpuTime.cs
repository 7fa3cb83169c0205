using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Evaluator.Store.Migrations;

/// <summary>Maps for reports, and what a session costs.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261123090000_AddExamplesAndCpuTime")]
internal sealed class AddExamplesAndCpuTime : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Example", "results", nullable: true);
        migrationBuilder.AddColumn<long>("EvaluatorCpuMs", "benchmarks", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>("ExplainerCpuMs", "benchmarks", nullable: true);
    }
}
