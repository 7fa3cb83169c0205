using System.Buffers;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>
/// Finds for each pixel the first step at which it is replaced, in both orders, without ranking the pixels: scores are counted by the
/// upper half of their sort keys, and only the few buckets that a step's end falls into are sorted. What <see cref="Ranking"/> and
/// <see cref="RankPlan.Encode"/> give, for a tenth of the work.
/// </summary>
internal sealed class FirstSteps
{
    private const int Buckets = 1 << 16;

    private readonly int[] _counts;
    private readonly int _pixels;
    private readonly int[] _sizes = new int[Buckets];

    private readonly BucketSteps[] _steps = new BucketSteps[Buckets];
    private readonly List<SplitBucket> _splits = [];

    /// <param name="counts">Pixels replaced at each step, ascending, 1 to 254 of them, each above 0 and below <paramref name="pixels"/>.</param>
    /// <param name="pixels">Of the picture.</param>
    internal FirstSteps(int[] counts, int pixels) => (_counts, _pixels) = (counts, pixels);

    /// <summary>Takes a map in place of the one before.</summary>
    /// <returns>Plans of the counts' steps.</returns>
    internal (RankPlan MostImportantFirst, RankPlan LeastImportantFirst) Of(PixelMap map)
    {
        var (scores, grid) = map.Cells;
        Count(scores.Span, grid.PatchSize * grid.PatchSize);
        var items = ArrayPool<ulong>.Shared.Rent(Math.Max(1, Assign()));
        try
        {
            var (most, least) = (new byte[_pixels], new byte[_pixels]);
            if (grid.PatchSize == 1)
            {
                FillPixels(scores.Span, most, least, items);
            }
            else
            {
                for (var row = 0; row < grid.Rows; row++)
                {
                    FillRow(scores.Span.Slice(row * grid.Columns, grid.Columns), row, grid, most, least, items);
                }
            }

            foreach (var split in _splits)
            {
                split.Settle(items, _counts, most, least);
            }

            return (RankPlan.OfFirstSteps(_counts.Length, most), RankPlan.OfFirstSteps(_counts.Length, least));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(items);
        }
    }

    private void Count(ReadOnlySpan<float> scores, int pixelsEach)
    {
        Array.Clear(_sizes);
        foreach (var score in scores)
        {
            _sizes[ScoreSort.Key(score) >> 16] += pixelsEach;
        }
    }

    /// <summary>Gives each bucket its first steps, or a place among those that are to be sorted.</summary>
    /// <returns>Pixels in the latter.</returns>
    private int Assign()
    {
        var steps = new StepCursor(_counts);
        for (int bucket = 0, below = 0; bucket < Buckets; below += _sizes[bucket++])
        {
            if (_sizes[bucket] > 0)
            {
                var least = steps.At(below);
                _steps[bucket] = new BucketSteps(Most: 0, least, steps.At(below + _sizes[bucket] - 1) == least ? BucketSteps.Whole : BucketSteps.Unnumbered);
            }
        }

        _splits.Clear();
        steps = new StepCursor(_counts);
        var toSort = 0;
        for (int bucket = Buckets - 1, above = 0; bucket >= 0; above += _sizes[bucket--])
        {
            var size = _sizes[bucket];
            if (size == 0)
            {
                continue;
            }

            var most = steps.At(above);
            _steps[bucket] = _steps[bucket] with { Most = most };
            if (steps.At(above + size - 1) != most || _steps[bucket].Split == BucketSteps.Unnumbered)
            {
                _splits.Add(new SplitBucket(toSort, size, above, _pixels - above - size));
                _steps[bucket] = _steps[bucket] with { Split = (ushort)_splits.Count };
                toSort += size;
            }
        }

        return toSort;
    }

    private void FillPixels(ReadOnlySpan<float> scores, byte[] most, byte[] least, ulong[] items)
    {
        for (var pixel = 0; pixel < scores.Length; pixel++)
        {
            var key = ScoreSort.Key(scores[pixel]);
            var steps = _steps[key >> 16];
            (most[pixel], least[pixel]) = (steps.Most, steps.Least);
            if (steps.Split != BucketSteps.Whole)
            {
                _splits[steps.Split - 1].Add(items, key, pixel, run: 1);
            }
        }
    }

    /// <summary>Fills the pixels of a row of patches; those that are to be sorted are gathered in the order of their indices.</summary>
    private void FillRow(ReadOnlySpan<float> scores, int row, TokenGrid grid, byte[] most, byte[] least, ulong[] items)
    {
        var (patch, width) = (grid.PatchSize, grid.Width);
        var first = row * patch * width;
        var anySplit = false;
        for (var column = 0; column < scores.Length; column++)
        {
            var steps = _steps[ScoreSort.Key(scores[column]) >> 16];
            anySplit |= steps.Split != BucketSteps.Whole;
            most.AsSpan(first + (column * patch), patch).Fill(steps.Most);
            least.AsSpan(first + (column * patch), patch).Fill(steps.Least);
        }

        for (var y = 1; y < patch; y++)
        {
            most.AsSpan(first, width).CopyTo(most.AsSpan(first + (y * width)));
            least.AsSpan(first, width).CopyTo(least.AsSpan(first + (y * width)));
        }

        for (var y = 0; anySplit && y < patch; y++)
        {
            GatherLine(scores, first + (y * width), patch, items);
        }
    }

    private void GatherLine(ReadOnlySpan<float> scores, int pixel, int patch, ulong[] items)
    {
        foreach (var score in scores)
        {
            var key = ScoreSort.Key(score);
            if (_steps[key >> 16].Split is var split && split != BucketSteps.Whole)
            {
                _splits[split - 1].Add(items, key, pixel, patch);
            }

            pixel += patch;
        }
    }
}
