using Cdam.Attribution.Models;
using Cdam.Training.LungModels.Figures;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels.Tasks;

/// <summary>What a lung CT model learns.</summary>
internal interface ILungTask
{
    /// <summary>Names of the network's outputs.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>How outputs are turned back into clinical units; null where they have none.</summary>
    IReadOnlyList<OutputScale>? Scales { get; }

    /// <summary>The measure that is shown while training: that of the first figure which has it.</summary>
    string Headline { get; }

    /// <summary>What the outputs should be for a nodule.</summary>
    float[] Target(LungNodule nodule);

    /// <param name="outputs">B × outputs</param>
    /// <param name="targets">B × outputs</param>
    /// <returns>The mean loss, a scalar.</returns>
    Tensor Loss(Tensor outputs, Tensor targets);

    /// <summary>Measures answers.</summary>
    /// <param name="outputs">Of each nodule, in the order of <see cref="Outputs"/>.</param>
    /// <param name="nodules">At least one.</param>
    IReadOnlyList<LungFigure> Figures(IReadOnlyList<float[]> outputs, IReadOnlyList<LungNodule> nodules);
}
