using Cdam.Attribution.Volumes;

namespace Cdam.Attribution.Tests.Volumes;

/// <summary>Volumes and crops whose every voxel is known.</summary>
internal static class TestVolumes
{
    /// <summary>A volume whose voxels are a function of their place.</summary>
    public static CtVolume Of(int depth, int height, int width, Xyz spacing, Func<int, int, int, int> value)
    {
        var voxels = new short[depth * height * width];
        for (var i = 0; i < voxels.Length; i++)
        {
            voxels[i] = (short)value(i / width / height, i / width % height, i % width);
        }

        return new CtVolume(depth, height, width, voxels, spacing);
    }

    /// <summary>A crop whose every voxel differs from every other.</summary>
    public static VolumeCrop Distinct { get; } = new(Of(32, 32, 32, new Xyz(1, 1, 1), Code).Voxels);

    /// <summary>The voxel (z, y, x) of <see cref="Distinct"/>.</summary>
    public static int Code(int z, int y, int x) => (z * 32 + y) * 32 + x - 16384;

    /// <summary>A crop of lung with a ball of soft tissue beside its centre, different in every view.</summary>
    public static VolumeCrop Nodule { get; } = new(Of(32, 32, 32, new Xyz(1, 1, 1), (z, y, x) =>
        (z - 14) * (z - 14) + (y - 18) * (y - 18) + (x - 12) * (x - 12) < 60 ? 40 + 2 * x - 3 * y : -850 + 4 * z - x).Voxels);
}
