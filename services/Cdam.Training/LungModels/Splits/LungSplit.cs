using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cdam.Training.LungModels.Splits;

/// <summary>Nodules of one training run; no patient is in two parts.</summary>
/// <param name="Number">From 1, for people.</param>
/// <param name="Train">What weights, normalisation and standardisation are taken from.</param>
/// <param name="Validation">What the best epoch is chosen by.</param>
/// <param name="Test">What nothing is chosen by.</param>
internal sealed record LungSplit(
    int Number, IReadOnlyList<LungNodule> Train, IReadOnlyList<LungNodule> Validation, IReadOnlyList<LungNodule> Test)
{
    /// <summary>A hash of all that training depends on: which nodules it learns from and is chosen by, their voxels and ratings.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IReadOnlyList<LungNodule>[])[Train, Validation])
        {
            hash.AppendData(BitConverter.GetBytes(part.Count));
            foreach (var nodule in part)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{nodule.Source.Id}\n{nodule.Source.Label}\n"));
                hash.AppendData(MemoryMarshal.AsBytes<double>(nodule.Biomarkers.ToArray()));
                hash.AppendData(MemoryMarshal.AsBytes(nodule.Crop.Voxels.Span));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
