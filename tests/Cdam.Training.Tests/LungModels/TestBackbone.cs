using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Training.Networks;
using TorchSharp;

namespace Cdam.Training.Tests.LungModels;

/// <summary>A model folder with a tiny backbone of random weights.</summary>
internal static class TestBackbone
{
    public static readonly BackboneConfig Config = new()
    {
        Naming = BackboneNaming.Dino,
        Image = 32,
        Patch = 8,
        Dim = 24,
        Depth = 3,
        Heads = 2,
        Mlp = 48,
    };

    public static string Write(TestFolder folder, BackboneConfig? config = null)
    {
        var path = folder.Path("backbone");
        RandomModel.Write(path, "tiny", new BackboneReference(null, config ?? Config), classes: 2, seed: 11);
        return path;
    }

    public static PretrainedBackbone Load(TestFolder folder, BackboneConfig? config = null)
    {
        TorchRuntime.Load();
        // Products this small gain nothing from threads, and threads that wait for each other on a busy machine cost minutes.
        torch.set_num_threads(1);
        return PretrainedBackbone.Load(Write(folder, config));
    }
}
