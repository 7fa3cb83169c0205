using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Methods;

/// <summary>What granularity means for sizes.</summary>
public static class MapGranularityExtensions
{
    /// <summary>Rows and columns of a map.</summary>
    /// <param name="granularity">Of the map.</param>
    /// <param name="grid">Over the input that it lies over.</param>
    public static (int Rows, int Columns) Extent(this MapGranularity granularity, TokenGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var cell = granularity == MapGranularity.Pixel ? grid.Patch : 1;
        return (grid.Rows * cell, grid.Columns * cell);
    }

    /// <summary>The shape of one sample of the noise that a method takes: tokens × dim, or 3 × height × width.</summary>
    /// <param name="granularity">Of the method's maps.</param>
    /// <param name="grid">Over the input.</param>
    /// <param name="dim">Embedding dimension.</param>
    public static int[] NoiseShape(this MapGranularity granularity, TokenGrid grid, int dim)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return granularity == MapGranularity.Pixel ? [3, grid.Rows * grid.Patch, grid.Columns * grid.Patch] : [grid.Tokens, dim];
    }
}
