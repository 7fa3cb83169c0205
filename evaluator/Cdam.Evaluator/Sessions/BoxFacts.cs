using Cdam.Evaluator.Requests;
using Cdam.V1;

namespace Cdam.Evaluator.Sessions;

/// <summary>Whether boxes can lie within a model's pictures.</summary>
internal static class BoxFacts
{
    /// <param name="settings">With the side of scenes filled in.</param>
    /// <param name="model">Whose input's size may follow the image: then scenes tell it, and for all other sources each image does.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: a side is longer than the pictures are.</exception>
    internal static void Check(BenchmarkSettings settings, Model model)
    {
        var shorter = model is { InputWidth: > 0, InputHeight: > 0 }
            ? Math.Min(model.InputWidth, model.InputHeight)
            : settings.Source.Scenes?.Side ?? int.MaxValue;
        var sides = settings.Boxes?.Sides.ToList() ?? [];
        if (sides.FindIndex(side => side > shorter) is >= 0 and var tooLong)
        {
            throw RequestFault.Of($"settings.boxes.sides[{tooLong}]",
                $"{sides[tooLong]}; at most {shorter} is permitted, the shorter side of the pictures that {model.Name} looks at.");
        }
    }
}
