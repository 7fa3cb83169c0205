using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Explainer.Configuration;

namespace Cdam.Explainer.Explaining;

/// <summary>
/// What an answer will weigh. A few bytes of request can ask for gigabytes (64 times every output of 1000, by 16 methods), so this is
/// told before anything is computed.
/// </summary>
internal static class AnswerSize
{
    /// <exception cref="AnswerTooLargeException">The answer would exceed a limit.</exception>
    public static void Require(ExplainPlan plan, IReadOnlyList<ModelInput> views, ExplainerOptions options, bool asOneMessage)
    {
        var bytes = views.Count * Estimate(plan, views[0]);
        if (asOneMessage && bytes > options.MaxMessageBytes)
        {
            throw new AnswerTooLargeException(bytes, options.MaxMessageBytes, $"{ExplainerOptions.Section}:{nameof(options.MaxMessageBytes)}");
        }

        if (bytes > options.MaxAnswerBytes)
        {
            throw new AnswerTooLargeException(bytes, options.MaxAnswerBytes, $"{ExplainerOptions.Section}:{nameof(options.MaxAnswerBytes)}");
        }
    }

    /// <summary>For one view: an upper bound but for message framing; PNGs are taken as uncompressed.</summary>
    private static long Estimate(ExplainPlan plan, ModelInput input)
    {
        var engine = plan.Model.Engine;
        var grid = engine.Grid(input.Height, input.Width);
        long resolved = plan.Targets.Sum(target => target switch
        {
            TopTarget top => top.Count,
            AllTarget => engine.Outputs.Count,
            _ => 1,
        });
        long picture = 3L * input.Width * input.Height;
        var drawings = (plan.Maps.HeatMap ? picture : 0) + (plan.Maps.Overlay ? picture : 0);
        var maps = plan.Methods.Select(request => MethodCatalog.Describe(request.Name)).Sum(method =>
        {
            var (rows, columns) = method.Granularity.Extent(grid);
            var heads = plan.Maps.Heads && method.Granularity == MapGranularity.Token ? engine.Backbone.Heads : 0;
            return (method.ClassDiscriminative ? resolved : 1) * (4L * rows * columns * (1 + heads) + drawings);
        });
        var tensor = 4L * grid.Tokens * engine.Backbone.Dim;
        return maps
            + (plan.Maps.PreparedImage ? picture : 0)
            + (plan.Tensors.Tokens ? tensor : 0)
            + (plan.Tensors.Gradients ? resolved * tensor : 0);
    }
}
