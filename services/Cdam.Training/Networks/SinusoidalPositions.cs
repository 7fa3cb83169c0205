using Cdam.Attribution.Backbones;

namespace Cdam.Training.Networks;

/// <summary>
/// Sines and cosines of column and row at many frequencies: positions that know from the start which patches are neighbours (Beyer et al.
/// 2022, "Better plain ViT baselines"). A quarter of the channels each: sine and cosine of the column, of the row.
/// </summary>
internal static class SinusoidalPositions
{
    private const double LongestWave = 10_000;

    /// <summary>Height against the patches' own values, whose spread is about 1.</summary>
    private const double Height = 0.5;

    /// <param name="values">(1 + patches) × dim; [CLS] stays 0, and so do channels that no quarter holds.</param>
    public static void Fill(Span<float> values, BackboneConfig config)
    {
        var (across, quarter) = (config.Image / config.Patch, config.Dim / 4);
        for (var patch = 0; patch < across * across; patch++)
        {
            var row = values.Slice((1 + patch) * config.Dim, config.Dim);
            for (var channel = 0; channel < quarter; channel++)
            {
                var frequency = Math.Pow(LongestWave, -(double)channel / quarter);
                (row[channel], row[quarter + channel]) = SinCos(patch % across * frequency);
                (row[2 * quarter + channel], row[3 * quarter + channel]) = SinCos(patch / across * frequency);
            }
        }
    }

    private static (float, float) SinCos(double angle) => ((float)(Height * Math.Sin(angle)), (float)(Height * Math.Cos(angle)));
}
