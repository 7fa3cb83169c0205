using Cdam.Attribution.Volumes;
using Cdam.Training.Lidc;

namespace Cdam.Training.LungModels;

/// <summary>A nodule with its crop in memory.</summary>
/// <param name="Source">What the data set says of it.</param>
/// <param name="Crop">Around its centre.</param>
internal sealed record LungNodule(Nodule Source, VolumeCrop Crop)
{
    /// <summary>In clinical units, in the order of the published models' outputs.</summary>
    public IReadOnlyList<double> Biomarkers => Source.Biomarkers.ToArray();

    /// <summary>False for benign ones and for those whose readings are undecided.</summary>
    public bool IsMalignant => Source.Label == NoduleLabel.Malignant;

    /// <summary>Reads all nodules of a data set, about 64 KB each.</summary>
    /// <exception cref="LidcException">A crop's file breaks a rule.</exception>
    public static IReadOnlyList<LungNodule> ReadAll(NoduleDataset dataset) =>
        [.. dataset.Nodules.Select(nodule => new LungNodule(nodule, new VolumeCrop(dataset.ReadCrop(nodule))))];
}
