using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Verification;
using Cdam.Scoring.Collecting;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;

namespace Cdam.Cli.Verifying;

/// <summary>
/// The evaluation arrays and values of a reference case: blur, fidelity curves, box sensitivity and compactness, planned and collected as the
/// evaluator does it.
/// </summary>
internal sealed class ScoringVerifier
{
    // OpenCV's versions differ by one grey level of 255.
    private const double OneGreyLevel = 1.001 / 255;

    // Positions of the maps in the plan, and of the one logit in each answer.
    private const int Right = 0;
    private const int Wrong = 1;
    private const int Target = 0;

    private readonly ReferenceCase _reference;
    private readonly ExplainableModel _model;
    private readonly Checkpoint _expected;
    private readonly PixelImage _picture;
    private readonly byte[] _blurred;

    private ScoringVerifier(ReferenceCase reference, ExplainableModel model, Checkpoint expected)
    {
        (_reference, _model, _expected) = (reference, model, expected);
        _picture = new PixelImage(reference.Width, reference.Height, expected.Tensors["image"].ReadBytes());
        _blurred = expected.Tensors["blurred"].ReadBytes();
    }

    public static IReadOnlyList<ArrayError> Verify(ReferenceCase reference)
    {
        using var expected = Checkpoint.Open(Path.Combine(reference.Folder, "expected.safetensors"));
        using var model = ExplainableModel.Load(reference.Folder, reference.Formats()[0].Manifest, new ModelOptions { Device = "cpu" });
        return [.. new ScoringVerifier(reference, model, expected).Errors()];
    }

    private IEnumerable<ArrayError> Errors()
    {
        var blurred = GaussianBlur.Apply(_picture.Rgb, _picture.Width, _picture.Height);
        yield return ArrayError.Of("blurred", Floats(blurred), Floats(_blurred), OneGreyLevel);

        var maps = Maps();
        var sheet = Evaluate(PerturbationPlan.Of(maps, _reference.Percents, [.. _reference.BoxSizes.Select(Boxes)]));
        foreach (var (suffix, map) in (IEnumerable<(string, int)>)[("", Right), ("_wrong_class", Wrong)])
        {
            var curves = sheet.Fidelity(map, Target);
            yield return Array($"curve_mif{suffix}", curves.MostImportantFirst);
            yield return Array($"curve_lif{suffix}", curves.LeastImportantFirst);
            yield return Array($"curve_box{suffix}", sheet.Boxes(map, Target).Correlations);
            foreach (var error in Values(sheet.Metrics(map, Target), suffix))
            {
                yield return error;
            }
        }

        foreach (var error in Values([.. sheet.Discrimination(Right, Wrong, Target), .. MapMetrics.Of(maps[Right])], suffix: ""))
        {
            yield return error;
        }
    }

    private PixelMap[] Maps()
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
        var grid = _model.Grid(_reference.Height, _reference.Width);
        return [.. explanation.Views[0].Maps.Select(map => PixelMap.OfTokens(map.Scores, grid.Rows, grid.Columns, grid.Patch))];
    }

    private SquareBoxes Boxes(int side)
    {
        var corners = _expected.Tensors[$"boxes_{side}"].ReadInt64();
        return new SquareBoxes(side, [.. corners.Chunk(2).Select(corner => (checked((int)corner[0]), checked((int)corner[1])))]);
    }

    private Scoresheet Evaluate(PerturbationPlan plan)
    {
        var sheet = new Scoresheet(plan, logitCount: 1);
        for (var position = 0; position < plan.Perturbations.Count; position++)
        {
            var perturbation = plan.Perturbations[position];
            var inputs = Enumerable.Range(0, perturbation.StepCount).Select(step => ModelInput.FromPicture(
                new PixelImage(_picture.Width, _picture.Height, perturbation.Apply(step, _picture.Rgb, _blurred, _picture.Width))));
            foreach (var (step, prediction) in _model.Predict([.. inputs]).Index())
            {
                sheet.Add(position, step, [prediction.Logits[_reference.Target]]);
            }
        }

        return sheet;
    }

    private ArrayError Array(string name, double[] actual) =>
        ArrayError.Of(name, System.Array.ConvertAll(actual, value => (float)value), _expected.Tensors[name].ReadFloat32());

    /// <summary>Those of the values that the case has.</summary>
    private IEnumerable<ArrayError> Values(IReadOnlyList<MetricValue> values, string suffix)
    {
        foreach (var (metric, value) in values)
        {
            if (_reference.Values.TryGetValue(metric.Name + suffix, out var expected))
            {
                yield return new ArrayError(
                    metric.Name + suffix, Math.Abs(value - expected) / Math.Max(Math.Abs(expected), 1e-6), ArrayError.UsualTolerance);
            }
        }
    }

    private static float[] Floats(byte[] values) => [.. values.Select(value => (float)value)];
}
