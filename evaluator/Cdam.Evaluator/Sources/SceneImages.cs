using Cdam.Evaluator.Requests;
using Cdam.Scenes;
using Cdam.Scoring.Localization;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Evaluator.Sources;

/// <summary>Scenes, drawn when they are needed: nothing of them is kept, and any evaluator draws the same ones again.</summary>
internal static class SceneImages
{
    private static readonly Dictionary<GeneratedSet, (SceneSet Set, string Name, int Objects)> Sets = new()
    {
        [GeneratedSet.OneObject] = (SceneSet.OneObject, "one-object", 1),
        [GeneratedSet.TwoObjects] = (SceneSet.TwoObjects, "two-objects", 2),
        [GeneratedSet.Validation] = (SceneSet.Validation, "validation", 1),
    };

    /// <summary>Labels of each scene.</summary>
    internal static int LabelCount(GeneratedScenes scenes) => Sets[scenes.Set].Objects;

    /// <param name="scenes">What was asked for.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field, the value and the rule.</exception>
    internal static void Check(GeneratedScenes scenes)
    {
        const string Field = "settings.source.scenes";
        if (!Sets.ContainsKey(scenes.Set))
        {
            throw RequestFault.Of($"{Field}.set", $"{(int)scenes.Set}; there are GENERATED_SET_ONE_OBJECT, GENERATED_SET_TWO_OBJECTS and GENERATED_SET_VALIDATION.");
        }

        if (scenes.Count < 1)
        {
            throw RequestFault.Of($"{Field}.count", $"{scenes.Count}; at least 1 is required.");
        }

        if (scenes.Side != 0 && scenes.Side is < SceneGenerator.SmallestSide or > SceneGenerator.LargestSide)
        {
            throw RequestFault.Of($"{Field}.side",
                $"{scenes.Side}; {SceneGenerator.SmallestSide} to {SceneGenerator.LargestSide} pixels are permitted, or 0 for the model's input size.");
        }
    }

    /// <summary>The scenes' names; their labels are known once they are drawn.</summary>
    internal static IEnumerable<SourceImage> List(GeneratedScenes scenes) =>
        Enumerable.Range(0, scenes.Count).Select(index => new SourceImage($"{Sets[scenes.Set].Name}-{index:000000}", [], HasMask: true));

    /// <param name="scenes">With a side.</param>
    /// <param name="index">From 0.</param>
    /// <param name="withMask">Whether the mask of the first object is wanted.</param>
    internal static SourcePicture Read(GeneratedScenes scenes, int index, bool withMask)
    {
        var scene = new SceneGenerator(scenes.Side, scenes.Seed).Draw(Sets[scenes.Set].Set, (uint)index);
        return new SourcePicture(
            new Image { Picture = new Picture { Width = scene.Side, Height = scene.Side, Rgb = UnsafeByteOperations.UnsafeWrap(scene.Rgb) } },
            [.. scene.Objects.Select(seen => new ImageLabel(null, SceneGenerator.ClassNames[seen.ClassIndex]))],
            withMask ? new BinaryMask(scene.Side, scene.Side, scene.Objects[0].Mask) : null);
    }
}
