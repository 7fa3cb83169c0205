using Cdam.Attribution.Models;
using Cdam.Training.LungModels.Figures;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels.Tasks;

/// <summary>One logit, positive for malignant; binary cross entropy.</summary>
internal sealed class MalignancyTask : ILungTask
{
    private const string Output = "malignancy";

    public IReadOnlyList<string> Outputs { get; } = [Output];

    public IReadOnlyList<OutputScale>? Scales => null;

    public string Headline => "auc";

    public float[] Target(LungNodule nodule) => [nodule.IsMalignant ? 1 : 0];

    public Tensor Loss(Tensor outputs, Tensor targets) => nn.functional.binary_cross_entropy_with_logits(outputs, targets);

    public IReadOnlyList<LungFigure> Figures(IReadOnlyList<float[]> outputs, IReadOnlyList<LungNodule> nodules)
    {
        double[] logits = [.. outputs.Select(output => (double)output[0])];
        bool[] truth = [.. nodules.Select(nodule => nodule.IsMalignant)];
        return
        [
            new(Output, "accuracy", "", BinaryMeasures.Accuracy(logits, truth)),
            new(Output, "auc", "", BinaryMeasures.Auc(logits, truth)),
        ];
    }
}
