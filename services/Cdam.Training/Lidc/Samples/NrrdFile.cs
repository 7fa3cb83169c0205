using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Samples;

/// <summary>
/// Volumes as NRRD files (teem.sourceforge.net/nrrd/format.html), which 3D Slicer and ITK read and write: a few lines of text, an empty one,
/// and the voxels, compressed.
/// </summary>
internal static class NrrdFile
{
    /// <summary>Writes Hounsfield units, x to the patient's left and fastest, y to the back, z to the head.</summary>
    /// <param name="path">Overwritten.</param>
    /// <param name="box">Voxels along x, y and z.</param>
    /// <param name="spacing">Millimetres between neighbours along x, y and z.</param>
    /// <param name="voxels">As many as the box holds.</param>
    public static void Write(string path, SampleBox box, Vector3D spacing, ReadOnlySpan<short> voxels)
    {
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"NRRD0004\ntype: int16\ndimension: 3\nspace: left-posterior-superior\nsizes: {box.Width} {box.Height} {box.Depth}\n"
            + $"space directions: ({spacing.X:0.####},0,0) (0,{spacing.Y:0.####},0) (0,0,{spacing.Z:0.####})\n"
            + $"kinds: domain domain domain\nendian: little\nencoding: gzip\n\n");
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(header));
        using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
        packed.Write(MemoryMarshal.AsBytes(voxels));
    }
}
