using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

/// <summary>A loaded model with random weights in a folder of its own.</summary>
internal sealed class SmallModel : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public SmallModel(BackboneNaming naming = BackboneNaming.DinoV2, int classes = 5)
    {
        RandomModel.Write(Folder, "small", new BackboneReference(null, RandomBackbone.Config(naming)), classes, seed: 3);
        Model = ExplainableModel.Load(Folder, new ModelOptions { Device = "cpu" });
    }

    public ExplainableModel Model { get; }

    public string Folder => _scratch.FullName;

    /// <summary>A random input of 3 × 5 patches.</summary>
    public static ModelInput Input(ulong seed)
    {
        const int Height = 12, Width = 20;
        using var values = RandomTensor.Normal(seed, 3, Height, Width);
        return ModelInput.FromNormalized(Height, Width, values.data<float>().ToArray());
    }

    public void Dispose()
    {
        Model.Dispose();
        _scratch.Dispose();
    }
}
