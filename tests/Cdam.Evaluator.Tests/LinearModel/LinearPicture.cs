using Cdam.V1;

namespace Cdam.Evaluator.Tests.LinearModel;

/// <summary>
/// A model simple enough to compute by hand: logit c = Σ over pixels and channels of weight × value / 255. Its tokens are the
/// patches' pixels, so that ∂f/∂T are the weights.
/// </summary>
internal static class LinearPicture
{
    public const int Width = 24;
    public const int Height = 16;
    public const int Patch = 8;
    public const int Rows = Height / Patch;
    public const int Columns = Width / Patch;
    public const int Outputs = 3;
    public const int Dim = Patch * Patch * 3;

    private static readonly float[][] Weights = [.. Enumerable.Range(0, Outputs).Select(RandomWeights)];

    /// <summary>Noise: what it is does not matter, but blurring must change it.</summary>
    public static byte[] Pixels(int seed = 7)
    {
        var pixels = new byte[Width * Height * 3];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    /// <summary>What a concept stands for.</summary>
    public static int OutputOf(Concept concept) => concept.Vector.IndexOf(concept.Vector.Max());

    public static float Weight(int output, int index) => Weights[output][index];

    public static float Logit(int output, ReadOnlySpan<byte> rgb)
    {
        var sum = 0.0;
        for (var i = 0; i < rgb.Length; i++)
        {
            sum += Weights[output][i] * rgb[i] / 255.0;
        }

        return (float)sum;
    }

    /// <summary>Each pixel's part in the logit.</summary>
    public static float[] PixelScores(int output, byte[] rgb) =>
    [
        .. Enumerable.Range(0, Width * Height).Select(pixel => (float)Enumerable.Range(3 * pixel, 3)
            .Sum(i => (double)Weights[output][i] * rgb[i] / 255)),
    ];

    /// <summary>Each patch's part in the logit.</summary>
    public static float[] PatchScores(int output, byte[] rgb)
    {
        var pixels = PixelScores(output, rgb);
        return [.. Enumerable.Range(0, Rows * Columns).Select(patch => (float)PixelsOf(patch).Sum(pixel => (double)pixels[pixel]))];
    }

    public static IEnumerable<int> PixelsOf(int patch) =>
        from y in Enumerable.Range(patch / Columns * Patch, Patch)
        from x in Enumerable.Range(patch % Columns * Patch, Patch)
        select (y * Width) + x;

    private static float[] RandomWeights(int output)
    {
        var random = new Random(output + 1);
        return [.. Enumerable.Range(0, Width * Height * 3).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
