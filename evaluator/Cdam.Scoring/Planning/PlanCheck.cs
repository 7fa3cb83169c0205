using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>Refuses what cannot be planned.</summary>
internal static class PlanCheck
{
    // A rank plan numbers its steps in one byte, of which one value means never.
    private const int MostPercents = 255;

    internal static void Check(IReadOnlyList<PixelMap> maps, IReadOnlyList<double> percents, IReadOnlyList<SquareBoxes> boxes)
    {
        CheckMaps(maps);
        CheckPercents(percents);
        CheckBoxes(boxes, maps[0]);
        if (percents.Count + boxes.Count == 0)
        {
            throw new ArgumentException("Neither percents nor boxes are given; there is nothing to plan.", nameof(percents));
        }
    }

    private static void CheckMaps(IReadOnlyList<PixelMap> maps)
    {
        ArgumentOutOfRangeException.ThrowIfZero(maps.Count, nameof(maps));
        for (var i = 1; i < maps.Count; i++)
        {
            if ((maps[i].Height, maps[i].Width) != (maps[0].Height, maps[0].Width))
            {
                throw new ArgumentException(
                    $"maps[{i}] is {maps[i].Height} × {maps[i].Width} pixels, maps[0] {maps[0].Height} × {maps[0].Width}; all lie over one picture.", nameof(maps));
            }
        }
    }

    private static void CheckPercents(IReadOnlyList<double> percents)
    {
        if (percents.Count is 1 or > MostPercents)
        {
            throw new ArgumentException($"{percents.Count} percents; 2 to {MostPercents} are permitted, or none for no curves.", nameof(percents));
        }

        for (var i = 0; i < percents.Count; i++)
        {
            if (!(percents[i] is >= 0 and <= 100) || (i > 0 && percents[i] <= percents[i - 1]))
            {
                throw new ArgumentException($"percents[{i}] is {percents[i]}; percentages ascend from 0 to at most 100, none twice.", nameof(percents));
            }
        }
    }

    private static void CheckBoxes(IReadOnlyList<SquareBoxes> boxes, PixelMap map)
    {
        if (boxes.Count == 1)
        {
            throw new ArgumentException("One side of boxes; an area over sides needs at least two, or none for no boxes.", nameof(boxes));
        }

        for (var side = 0; side < boxes.Count; side++)
        {
            if (boxes[side].Side < 1 || (side > 0 && boxes[side].Side <= boxes[side - 1].Side) || boxes[side].Corners.Count < 2)
            {
                throw new ArgumentException(
                    $"boxes[{side}] has side {boxes[side].Side} and {boxes[side].Corners.Count} boxes; sides ascend from at least 1, each with at least 2 boxes.",
                    nameof(boxes));
            }

            foreach (var (top, left) in boxes[side].Corners)
            {
                if (top < 0 || left < 0 || top > map.Height - boxes[side].Side || left > map.Width - boxes[side].Side)
                {
                    throw new ArgumentException(
                        $"boxes[{side}] has a box of side {boxes[side].Side} at row {top}, column {left}; it must lie within {map.Height} × {map.Width} pixels.",
                        nameof(boxes));
                }
            }
        }
    }
}
