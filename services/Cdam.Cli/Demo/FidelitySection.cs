using System.Globalization;
using Cdam.Cli.Localization;
using Cdam.Scenes;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Cli.Demo;

/// <summary>Fidelity of one picture's maps, measured by the evaluator, which calls back through the gateway.</summary>
internal static class FidelitySection
{
    private static readonly string[] Methods = ["cdam", "smooth-cdam", "integrated-cdam", "attention"];

    public static async Task<DemoSection> Make(EvaluatorService.EvaluatorServiceClient client, SceneGenerator generator, string folder, CancellationToken cancellation)
    {
        var scene = generator.Draw(SceneSet.TwoObjects, 0);
        var target = scene.Objects[0].ClassIndex;
        var request = new EvaluateImageRequest { Model = DemoModels.Scenes, Image = SceneImage.Of(scene), Target = new Target { Index = target } };
        request.Methods.AddRange(Methods.Select(name => new MethodSpec { Name = name }));
        using var call = client.EvaluateImage(request, cancellationToken: cancellation);
        var events = new List<EvaluateImageResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            events.Add(answer);
        }

        WriteCurve(Path.Combine(folder, "curve.csv"), events);
        var results = events.Where(answer => answer.Result is not null).Select(answer => answer.Result).ToList();
        var finished = events[^1].Finished;
        return new DemoSection(
            "fidelity",
            "How faithful the maps are",
            $"The {SceneGenerator.ClassNames[target]}'s logit while the most (MIF) or least (LIF) important pixels of the first scene are replaced by blurred ones: "
            + $"a faithful map makes it fall fast for the former and late for the latter. {finished.ForwardPasses} forward passes, {finished.TotalMs / 1000:0.0} s; the curves are in curve.csv.",
            [],
            [new DemoTable(
                "Areas under the curves (logit × percent), and share of pixels with next to no score",
                ["method", "A_MIF ↓", "A_LIF ↑", "A_LIF−MIF ↑", "compactness ↑"],
                [.. results.Select(result => (IReadOnlyList<string>)
                    [result.Method, $"{result.AMif:0.0}", $"{result.ALif:0.0}", $"{result.ALifMif:0.0}", $"{result.Compactness:0.00}"])])],
            new
            {
                finished.ForwardPasses,
                Methods = results.Select(result => new { result.Method, result.AMif, result.ALif, result.ALifMif, result.Compactness }).ToArray(),
            });
    }

    private static void WriteCurve(string path, List<EvaluateImageResponse> events)
    {
        var lines = events.Where(answer => answer.Point is not null).Select(answer => answer.Point)
            .OrderBy(point => point.Method, StringComparer.Ordinal).ThenBy(point => point.Order).ThenBy(point => point.Percent)
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Method},{OrderName(point.Order)},{point.Percent},{point.Value:R}"));
        File.WriteAllLines(path, lines.Prepend("method,order,percent,logit"));
    }

    private static string OrderName(PerturbationOrder order) => order == PerturbationOrder.MostImportantFirst ? "MIF" : "LIF";
}
