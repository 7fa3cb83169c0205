using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cdam.Evaluator.Store.Migrations;

/// <summary>Where objects are; images that came before have no masks.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261123080000_AddMasks")]
internal sealed class AddMasks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("MaskFile", "images", maxLength: StoreModel.NameLength, nullable: true);
        migrationBuilder.AddColumn<byte[]>("Mask", "pictures", nullable: true);
    }
}
