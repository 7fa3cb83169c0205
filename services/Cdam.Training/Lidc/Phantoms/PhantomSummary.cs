using Cdam.Training.Lidc.Phantoms.Files;

namespace Cdam.Training.Lidc.Phantoms;

/// <summary>What a run has made.</summary>
/// <param name="Written">Patients written now.</param>
/// <param name="Kept">Patients that were there already.</param>
/// <param name="Nodules">The nodules of all of them.</param>
public sealed record PhantomSummary(int Written, int Kept, IReadOnlyList<TruthNodule> Nodules);
