using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Directions that keep off each other.</summary>
internal static class Spread
{
    private const int Candidates = 12;

    /// <summary>Each new direction is, among some random ones, the farthest from those before (Mitchell's best candidate).</summary>
    public static Point3[] Directions(int count, PhantomRandom random)
    {
        var chosen = new List<Point3>(count);
        while (chosen.Count < count)
        {
            var candidates = Enumerable.Range(0, Candidates).Select(_ => random.Direction()).ToArray();
            chosen.Add(candidates.MinBy(candidate => chosen.Count == 0 ? 0 : chosen.Max(candidate.Dot)));
        }

        return [.. chosen];
    }
}
