using Cdam.Attribution.Volumes;
using Cdam.Randomness;

namespace Cdam.Training.LungModels.Slices;

/// <summary>One of the 60 pictures of a nodule that training draws from.</summary>
/// <param name="View">The direction.</param>
/// <param name="Slice">14 to 18: the central slice and two on both sides.</param>
/// <param name="Turns">Quarter turns, anticlockwise, 0 to 3.</param>
internal readonly record struct TrainingView(SliceView View, int Slice, int Turns)
{
    private const int Reach = 2;
    private const int QuarterTurns = 4;
    private static readonly SliceView[] Views = Enum.GetValues<SliceView>();

    /// <summary>Each of them as likely.</summary>
    public static TrainingView Draw(RandomStream random)
    {
        var view = random.Pick(Views);
        var slice = random.Integer(VolumeCrop.Centre - Reach, VolumeCrop.Centre + Reach);
        return new TrainingView(view, slice, random.Index(QuarterTurns));
    }

    /// <summary>Cuts it out of a crop.</summary>
    public ViewSlice Of(VolumeCrop crop)
    {
        var slice = crop.Slice(View, Slice);
        for (var turn = 0; turn < Turns; turn++)
        {
            slice = Turned(slice);
        }

        return slice;
    }

    /// <summary>A quarter turn anticlockwise, as numpy's rot90: the last column becomes the first row.</summary>
    private static ViewSlice Turned(ViewSlice slice)
    {
        const int Side = VolumeCrop.Side;
        var voxels = slice.Voxels.Span;
        var turned = new short[Side * Side];
        for (var i = 0; i < turned.Length; i++)
        {
            var (row, column) = (i / Side, i % Side);
            turned[i] = voxels[column * Side + Side - 1 - row];
        }

        return new ViewSlice(slice.View, turned);
    }
}
