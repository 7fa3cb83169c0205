using Cdam.Attribution.Models;
using Cdam.Training.LungModels.Figures;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels.Tasks;

/// <summary>The eight biomarkers, standardised by the training part; Huber loss.</summary>
internal sealed class BiomarkerTask : ILungTask
{
    /// <param name="training">Where mean and standard deviation are taken from; at least two nodules.</param>
    /// <exception cref="ArgumentException">A biomarker is the same for all of them.</exception>
    public BiomarkerTask(IReadOnlyList<LungNodule> training) =>
        Scales = [.. Biomarkers.Names.Select((_, index) => Scale(index, [.. training.Select(nodule => nodule.Biomarkers[index])]))];

    public IReadOnlyList<string> Outputs => Biomarkers.Names;

    public IReadOnlyList<OutputScale> Scales { get; }

    public string Headline => "mse";

    public float[] Target(LungNodule nodule) => [.. Scales.Select((scale, index) => (float)Standardise(nodule, scale, index))];

    public Tensor Loss(Tensor outputs, Tensor targets) => nn.functional.huber_loss(outputs, targets);

    public IReadOnlyList<LungFigure> Figures(IReadOnlyList<float[]> outputs, IReadOnlyList<LungNodule> nodules)
    {
        var each = Scales.Select((scale, index) => Figures(scale, index, outputs, nodules)).ToList();
        return [new LungFigure("all", "mse", "", each.Average(figures => figures[0].Value)), .. each.SelectMany(figures => figures)];
    }

    private static LungFigure[] Figures(OutputScale scale, int index, IReadOnlyList<float[]> outputs, IReadOnlyList<LungNodule> nodules)
    {
        double[] predicted = [.. outputs.Select(output => (double)output[index])];
        double[] truth = [.. nodules.Select(nodule => Standardise(nodule, scale, index))];
        var error = RegressionMeasures.MeanSquaredError(predicted, truth);
        var (name, square) = (Biomarkers.Names[index], scale.Unit == "mm" ? "mm²" : "rating²");
        return
        [
            new(name, "mse", "", error),
            new(name, "mse_clinical", square, error * scale.Std * scale.Std),
            new(name, "correlation", "", RegressionMeasures.Pearson(predicted, truth)),
        ];
    }

    private static double Standardise(LungNodule nodule, OutputScale scale, int index) => (nodule.Biomarkers[index] - scale.Mean) / scale.Std;

    private static OutputScale Scale(int index, double[] values)
    {
        var mean = values.Average();
        var std = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return std > 0
            ? new OutputScale { Mean = (float)mean, Std = (float)std, Unit = Biomarkers.Units[index] }
            : throw new ArgumentException($"biomarker {Biomarkers.Names[index]} is {values[0]} for all {values.Length} training nodules; must vary");
    }
}
