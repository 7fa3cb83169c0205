using Cdam.Randomness;

namespace Cdam.Training.SceneModels;

/// <summary>A rectangle of patches; the default one is empty.</summary>
internal readonly record struct PatchBox(int Top, int Left, int Height, int Width)
{
    /// <summary>A rectangle of a third to two thirds of the sides, anywhere.</summary>
    public static PatchBox Draw(int across, RandomStream random)
    {
        var (height, width) = (Length(), Length());
        return new PatchBox(random.Integer(0, across - height), random.Integer(0, across - width), height, width);

        int Length() => random.Integer(across / 3, Math.Max(1, across * 2 / 3));
    }

    public bool Contains(int row, int column) => row >= Top && row < Top + Height && column >= Left && column < Left + Width;
}
