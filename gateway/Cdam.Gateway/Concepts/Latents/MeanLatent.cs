using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>l_c, the mean latent of a concept's images (Eq. 4 of the paper), and how near the images are to it.</summary>
internal sealed class MeanLatent
{
    private const int MostNamed = 5;

    private MeanLatent(float[] vector, double[] cosines) => (Vector, Cosines) = (vector, cosines);

    /// <summary>As many values as each latent has.</summary>
    internal float[] Vector { get; }

    /// <summary>Of each latent with the mean, −1 to 1; 0 for a latent of zeros.</summary>
    internal IReadOnlyList<double> Cosines { get; }

    /// <summary>Summed in the order given, whatever the order in which latents were made: the same images give the same bits.</summary>
    /// <param name="latents">At least one, all of one length, finite.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: they cancel each other out, which leaves no direction.</exception>
    internal static MeanLatent Of(IReadOnlyList<IReadOnlyList<float>> latents)
    {
        var sum = new double[latents[0].Count];
        foreach (var latent in latents)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += latent[i];
            }
        }

        var vector = Array.ConvertAll(sum, value => (float)(value / latents.Count));
        return Array.TrueForAll(vector, value => value == 0)
            ? throw WireStatus.InvalidArgument("images", "have latents whose mean is zero; a concept needs a direction").ToRpcException()
            : new MeanLatent(vector, [.. latents.Select(latent => Cosine(latent, vector))]);
    }

    internal SelfSimilarity Similarity()
    {
        var ascending = Enumerable.Range(0, Cosines.Count).OrderBy(image => Cosines[image]).ToList();
        var descending = Enumerable.Range(0, Cosines.Count).OrderByDescending(image => Cosines[image]);
        return new SelfSimilarity
        {
            Min = Cosines[ascending[0]],
            Mean = Cosines.Average(),
            Nearest = { descending.Take(MostNamed) },
            Farthest = { ascending.Take(MostNamed) },
        };
    }

    private static double Cosine(IReadOnlyList<float> latent, float[] vector)
    {
        double dot = 0, latentSquare = 0, vectorSquare = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            double l = latent[i], c = vector[i];
            dot += l * c;
            latentSquare += l * l;
            vectorSquare += c * c;
        }

        // Rounding may lead past 1 where both are parallel.
        return latentSquare == 0 ? 0 : Math.Clamp(dot / Math.Sqrt(latentSquare * vectorSquare), -1, 1);
    }
}
