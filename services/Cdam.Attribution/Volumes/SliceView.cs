namespace Cdam.Attribution.Volumes;

/// <summary>
/// The directions in which a crop is sliced, in the order of all answers. Voxel (z, y, x) lies in the axial slice z at row y and column
/// x, in the coronal slice y at row z and column x, in the sagittal slice x at row z and column y; nothing is flipped.
/// </summary>
public enum SliceView
{
    /// <summary>Across the body, z fixed.</summary>
    Axial,

    /// <summary>Seen from the front, y fixed.</summary>
    Coronal,

    /// <summary>Seen from the side, x fixed.</summary>
    Sagittal,
}
