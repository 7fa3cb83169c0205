using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Gateway.Concepts.Store.Migrations;

/// <summary>The first table. Types are left to the database, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(ConceptContext))]
[Migration("20261123090000_CreateConcepts")]
internal sealed class CreateConcepts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("concepts", table => new
        {
            Id = table.Column<string>(maxLength: ConceptContext.IdLength),
            Model = table.Column<string>(maxLength: ConceptContext.ModelLength),
            RequestId = table.Column<string>(maxLength: ConceptContext.RequestIdLength, nullable: true),
            RequestHash = table.Column<byte[]>(),
            Summary = table.Column<byte[]>(),
            Details = table.Column<byte[]>(),
        }, constraints: table => table.PrimaryKey("PK_concepts", row => row.Id));
        migrationBuilder.CreateIndex("IX_concepts_RequestId", "concepts", "RequestId", unique: true);
        migrationBuilder.CreateIndex("IX_concepts_Model", "concepts", "Model");
    }
}
