using System.Diagnostics.CodeAnalysis;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Annotations;

/// <summary>Fills the contours of readings. A reading that cannot be placed in the scan is left out with a warning.</summary>
internal sealed class ReadingMasks(CtSeries series)
{
    /// <summary>Millimetres along a row, a column or the normal. Nodules have at most 30 mm; the largest contours some 70.</summary>
    private const double LargestExtent = 100;

    /// <summary>Bytes of all masks together; real scans take below 20 million.</summary>
    private const long MostVoxels = 1 << 27;

    /// <summary>Share of the slice spacing by which a contour's position may differ from the slice's, where its UID is unknown.</summary>
    private const double PositionTolerance = 0.25;

    private long _voxels;

    public List<string> Warnings { get; } = [];

    /// <exception cref="LidcException">All readings together would take too much memory.</exception>
    public List<MaskedReading> Fill(IEnumerable<NoduleReading> readings)
    {
        var filled = new List<MaskedReading>();
        foreach (var reading in readings)
        {
            var placed = Place(reading);
            if (Fits(reading, placed) && TryFill(reading, placed, out var mask))
            {
                filled.Add(new MaskedReading(reading, mask, Diameter(placed.Keys)));
            }
        }

        return filled;
    }

    /// <summary>The slice of each contour that has points and is found in the scan.</summary>
    private Dictionary<Outline, int> Place(NoduleReading reading)
    {
        var placed = new Dictionary<Outline, int>(ReferenceEqualityComparer.Instance);
        var drawn = reading.Outlines.Where(outline => outline.Points.Count > 0).ToList();
        foreach (var outline in drawn)
        {
            if (FindSlice(outline) is { } slice)
            {
                placed.Add(outline, slice);
            }
        }

        if (placed.Count < drawn.Count)
        {
            Warnings.Add($"{reading}: {drawn.Count - placed.Count} of {drawn.Count} contours lie on slices that the scan lacks; they are left out");
        }

        return placed;
    }

    private int? FindSlice(Outline outline)
    {
        if (outline.SopUid is { } uid && series.SliceOfSop.TryGetValue(uid, out var slice))
        {
            return slice;
        }

        var nearest = Enumerable.Range(0, series.Slices.Count).MinBy(k => Math.Abs(series.Slices[k].Position.Z - outline.Z));
        var distance = Math.Abs(series.Slices[nearest].Position.Z - outline.Z);
        return distance <= PositionTolerance * series.Geometry.Slices.MedianSpacing ? nearest : null;
    }

    private bool Fits(NoduleReading reading, Dictionary<Outline, int> placed)
    {
        var included = placed.Keys.Where(outline => !outline.IsHole).ToList();
        if (included.Count == 0)
        {
            return LeaveOut(reading, "it has no contour");
        }

        var points = placed.Keys.SelectMany(outline => outline.Points).ToList();
        var (left, right) = (points.Min(point => point.X), points.Max(point => point.X));
        var (top, bottom) = (points.Min(point => point.Y), points.Max(point => point.Y));
        if (left < 0 || top < 0 || right >= series.Columns || bottom >= series.Rows)
        {
            return LeaveOut(reading, $"it spans columns {left} to {right} and rows {top} to {bottom} of {series.Columns} × {series.Rows} pixels");
        }

        var slices = series.Geometry.Slices;
        var extent = Math.Max((right - left) * series.Geometry.SpacingX, (bottom - top) * series.Geometry.SpacingY);
        extent = Math.Max(extent, slices[included.Max(outline => placed[outline])] - slices[included.Min(outline => placed[outline])]);
        return extent <= LargestExtent
            || LeaveOut(reading, $"it spans {extent:0.#} mm; a nodule may span {LargestExtent}");
    }

    private bool LeaveOut(NoduleReading reading, string reason)
    {
        Warnings.Add($"{reading} is left out: {reason}");
        return false;
    }

    private bool TryFill(NoduleReading reading, Dictionary<Outline, int> placed, [NotNullWhen(true)] out VoxelMask? mask)
    {
        var rasters = placed.Select(place => (place.Key.IsHole, Slice: place.Value, Raster: new OutlineRaster(place.Key.Points))).ToList();
        var included = rasters.Where(part => !part.IsHole).ToList();
        mask = Box(included.ConvertAll(part => part.Raster), included.Min(part => part.Slice), included.Max(part => part.Slice));
        foreach (var (_, slice, raster) in included)
        {
            Set(mask, slice, raster, kind => kind == PixelKind.Enclosed, true);
        }

        // The contour around a hole runs within it, as that around the nodule runs outside: neither belongs to the nodule.
        foreach (var (_, slice, raster) in rasters.Where(part => part.IsHole))
        {
            Set(mask, slice, raster, kind => kind != PixelKind.Outside, false);
        }

        return mask.Count > 0 || LeaveOut(reading, "it encloses no pixel");
    }

    private VoxelMask Box(List<OutlineRaster> rasters, int first, int last)
    {
        var (left, top) = (rasters.Min(raster => raster.X0), rasters.Min(raster => raster.Y0));
        var width = rasters.Max(raster => raster.X0 + raster.Width) - left;
        var height = rasters.Max(raster => raster.Y0 + raster.Height) - top;
        _voxels += (long)width * height * (last - first + 1);
        return _voxels <= MostVoxels
            ? new VoxelMask(left, top, first, width, height, last - first + 1)
            : throw new LidcException($"{Path.GetDirectoryName(series.Slices[0].Path)}: the annotations span more than {MostVoxels} voxels");
    }

    private static void Set(VoxelMask mask, int slice, OutlineRaster raster, Func<PixelKind, bool> isMeant, bool value)
    {
        for (var y = Math.Max(raster.Y0, mask.Y0); y < Math.Min(raster.Y0 + raster.Height, mask.Y0 + mask.Height); y++)
        {
            for (var x = Math.Max(raster.X0, mask.X0); x < Math.Min(raster.X0 + raster.Width, mask.X0 + mask.Width); x++)
            {
                if (isMeant(raster[x, y]) && slice >= mask.Z0 && slice < mask.Z0 + mask.Depth)
                {
                    mask[x, y, slice] = value;
                }
            }
        }
    }

    private double Diameter(IEnumerable<Outline> outlines)
    {
        var largest = 0.0;
        foreach (var points in outlines.Where(outline => !outline.IsHole).Select(outline => outline.Points))
        {
            for (var i = 0; i < points.Count; i++)
            {
                for (var k = 0; k < i; k++)
                {
                    largest = Math.Max(largest, double.Hypot(
                        (points[i].X - points[k].X) * series.Geometry.SpacingX, (points[i].Y - points[k].Y) * series.Geometry.SpacingY));
                }
            }
        }

        return largest;
    }
}
