namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>One radiologist's marks on a scan.</summary>
/// <param name="Nodules">Those of 3 mm and more.</param>
/// <param name="SmallNodules">Those under 3 mm, as numbers of the patient's list.</param>
/// <param name="NonNodules">Likewise.</param>
internal sealed record ReadingSession(IReadOnlyList<NoduleReading> Nodules, IReadOnlyList<int> SmallNodules, IReadOnlyList<int> NonNodules);
