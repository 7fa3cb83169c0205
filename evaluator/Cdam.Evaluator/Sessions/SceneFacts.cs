using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sources;
using Cdam.Scenes;
using Cdam.V1;

namespace Cdam.Evaluator.Sessions;

/// <summary>Whether a model can look at scenes.</summary>
internal static class SceneFacts
{
    /// <summary>Fills in the side where none was asked for.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the side is not known or no whole patches, or the model has not the scenes' classes.</exception>
    internal static void Check(LabelUse use, Model model, GeneratedScenes scenes)
    {
        const string Side = "settings.source.scenes.side";
        if (scenes.Side == 0)
        {
            scenes.Side = model.InputWidth == model.InputHeight && model.InputWidth is >= SceneGenerator.SmallestSide and <= SceneGenerator.LargestSide
                ? model.InputWidth
                : throw RequestFault.Of(Side, $"0; the input of {model.Name} is {model.InputWidth} × {model.InputHeight} pixels, so that a side must be given.");
        }

        if (model.PatchSize > 0 && scenes.Side % model.PatchSize != 0)
        {
            throw RequestFault.Of(Side, $"{scenes.Side}; whole patches of {model.PatchSize} pixels are required for {model.Name}.");
        }

        if (use == LabelUse.Pair && SceneImages.LabelCount(scenes) < 2)
        {
            throw RequestFault.Of("settings.label_use", $"is {use}; scenes of {scenes.Set} have one label.");
        }

        if (use != LabelUse.Unspecified)
        {
            foreach (var name in SceneGenerator.ClassNames)
            {
                ModelFacts.OutputOf(model, new ImageLabel(null, name), "scenes");
            }
        }
    }
}
