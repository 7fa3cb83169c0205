using System.Numerics;
using Cdam.Scoring.Localization;
using Cdam.Training.Lidc;
using Cdam.V1;

namespace Cdam.Cli.Localization;

/// <summary>The central slice of a crop in each view, as the wire contract lays it out.</summary>
internal static class CropSlice
{
    private const int Side = NoduleDataset.Side;

    /// <summary>How much of each cell of a map a region of voxels covers.</summary>
    /// <param name="region">32 × 32 × 32, z, y, x.</param>
    /// <param name="view">Which slice the map lies over.</param>
    /// <param name="rows">Cells down.</param>
    /// <param name="columns">Cells across.</param>
    public static float[] Coverage(IReadOnlyList<bool> region, View view, int rows, int columns)
    {
        // Each voxel is repeated as seldom as makes cells whole numbers of repetitions, whatever the grid: maps can have a cell a pixel.
        var (down, across) = (Repetitions(rows), Repetitions(columns));
        var (height, width) = (Side * down, Side * across);
        var mask = new byte[height * width];
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            mask[pixel] = region[Voxel(view, pixel / width / down, pixel % width / across)] ? (byte)1 : (byte)0;
        }

        return PatchCoverage.Of(mask, height, width, rows, columns);
    }

    /// <summary>The least number r for which Side × r is a multiple of the cells.</summary>
    private static int Repetitions(int cells) => cells / (int)BigInteger.GreatestCommonDivisor(cells, Side);

    /// <summary>The voxel of a slice's row and column.</summary>
    public static int Voxel(View view, int row, int column)
    {
        const int centre = NoduleDataset.CentreIndex;
        var (z, y, x) = view switch
        {
            View.Axial => (centre, row, column),
            View.Coronal => (row, centre, column),
            View.Sagittal => (row, column, centre),
            _ => throw new ArgumentOutOfRangeException(nameof(view), view, "must be axial, coronal or sagittal"),
        };
        return (z * Side + y) * Side + x;
    }
}
