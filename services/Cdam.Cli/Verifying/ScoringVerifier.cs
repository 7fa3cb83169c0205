using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Verification;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;

namespace Cdam.Cli.Verifying;

/// <summary>The evaluation arrays and values of a reference case: blur, fidelity curves and their areas, compactness.</summary>
internal sealed class ScoringVerifier
{
    // OpenCV's versions differ by one grey level of 255.
    private const double OneGreyLevel = 1.001 / 255;

    private readonly ReferenceCase _reference;
    private readonly ExplainableModel _model;
    private readonly PixelImage _picture;
    private readonly PixelImage _blurred;

    private ScoringVerifier(ReferenceCase reference, ExplainableModel model, Checkpoint expected)
    {
        (_reference, _model) = (reference, model);
        _picture = new PixelImage(reference.Width, reference.Height, expected.Tensors["image"].ReadBytes());
        _blurred = new PixelImage(reference.Width, reference.Height, expected.Tensors["blurred"].ReadBytes());
    }

    public static IReadOnlyList<ArrayError> Verify(ReferenceCase reference)
    {
        using var expected = Checkpoint.Open(Path.Combine(reference.Folder, "expected.safetensors"));
        using var model = ExplainableModel.Load(reference.Folder, reference.Formats()[0].Manifest, new ModelOptions { Device = "cpu" });
        return [.. new ScoringVerifier(reference, model, expected).Errors(expected)];
    }

    private IEnumerable<ArrayError> Errors(Checkpoint expected)
    {
        var blurred = GaussianBlur.Apply(_picture.Rgb, _picture.Width, _picture.Height);
        yield return ArrayError.Of("blurred", Floats(blurred), Floats(_blurred.Rgb), OneGreyLevel);

        var maps = Maps();
        var right = Curves(maps[0]);
        var wrong = Curves(maps[1]);
        foreach (var (suffix, curves) in (IEnumerable<(string, (float[] Mif, float[] Lif))>)[("", right), ("_wrong_class", wrong)])
        {
            yield return ArrayError.Of($"curve_mif{suffix}", curves.Mif, expected.Tensors[$"curve_mif{suffix}"].ReadFloat32());
            yield return ArrayError.Of($"curve_lif{suffix}", curves.Lif, expected.Tensors[$"curve_lif{suffix}"].ReadFloat32());
            yield return Value($"a_mif{suffix}", Mif(curves));
            yield return Value($"a_lif{suffix}", Lif(curves));
        }

        yield return Value("a_lif_mif", Between(right));
        yield return Value("a_delta_lif_mif", Between(right) - Between(wrong));
        yield return Value("compactness", Compactness.Of(maps[0]));
        yield return Value("compactness_absolute", AbsoluteCompactness.Of(maps[0]));
    }

    private List<float[]> Maps()
    {
        var explanation = _model.Explain(
        [
            new ExplainItem
            {
                Views = [ModelInput.FromPicture(_picture)],
                Targets = [new OutputTarget(_reference.Target), new OutputTarget(_reference.WrongTarget)],
                Methods = [new("cdam")],
            },
        ])[0]!;
        return [.. explanation.Views[0].Maps.Select(map => map.Scores)];
    }

    private (float[] Mif, float[] Lif) Curves(float[] scores) =>
        (Curve(scores, PixelOrder.MostImportantFirst), Curve(scores, PixelOrder.LeastImportantFirst));

    /// <summary>The target's logit at each percentage of pixels replaced.</summary>
    private float[] Curve(float[] scores, PixelOrder order)
    {
        var grid = _model.Grid(_reference.Height, _reference.Width);
        var ranking = Ranking.OfPixels(Ranking.OverPixels(scores, grid.Rows, grid.Columns, grid.Patch), order);
        var inputs = _reference.Percents.Select(percent => ModelInput.FromPicture(Replace(ranking, PixelCount.Of(ranking.Length, percent)))).ToList();
        return [.. _model.Predict(inputs).Select(prediction => prediction.Logits[_reference.Target])];
    }

    private PixelImage Replace(int[] ranking, int count)
    {
        var pixels = (byte[])_picture.Rgb.Clone();
        foreach (var pixel in ranking.AsSpan(0, count))
        {
            _blurred.Rgb.AsSpan(3 * pixel, 3).CopyTo(pixels.AsSpan(3 * pixel));
        }

        return new PixelImage(_picture.Width, _picture.Height, pixels);
    }

    private double Mif((float[] Mif, float[] Lif) curves) => MostImportantFirstArea.Of([.. _reference.Percents], curves.Mif);

    private double Lif((float[] Mif, float[] Lif) curves) => LeastImportantFirstArea.Of([.. _reference.Percents], curves.Lif);

    private double Between((float[] Mif, float[] Lif) curves) => AreaBetweenOrders.Of(Lif(curves), Mif(curves));

    private ArrayError Value(string name, double actual)
    {
        var expected = _reference.Values[name];
        return new ArrayError(name, Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-6), ArrayError.UsualTolerance);
    }

    private static float[] Floats(byte[] values) => [.. values.Select(value => (float)value)];
}
