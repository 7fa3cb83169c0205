namespace Cdam.Scoring.Plots;

/// <summary>What a benchmark's curves show, in words.</summary>
public static class CurveCaption
{
    /// <param name="curve"><c>mif</c>, <c>lif</c> or <c>box</c>, with <c>_wrong_class</c> where that class's map ranks.</param>
    public static string Of(string curve) => curve switch
    {
        "mif" => "Logit after replacing the most important pixels first, mean over images: low is good.",
        "lif" => "Logit after replacing the least important pixels first, mean over images: high is good.",
        "box" => "Correlation of summed scores with the drop of the logit, mean over images: high is good.",
        "mif_wrong_class" => "The same as the most important first, ranked by the wrong class's map.",
        "lif_wrong_class" => "The same as the least important first, ranked by the wrong class's map.",
        "box_wrong_class" => "The same as the box correlation, by the wrong class's map.",
        _ => curve,
    };

    /// <summary>What its x is.</summary>
    public static string Axis(string curve) => curve.StartsWith("box", StringComparison.Ordinal) ? "side of the box, pixels" : "pixels replaced, %";
}
