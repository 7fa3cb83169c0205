namespace Cdam.Cli.Benching;

/// <summary>What a benchmark's curves show, in words.</summary>
internal static class CurveCaption
{
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

    public static string Axis(string curve) => curve.StartsWith("box", StringComparison.Ordinal) ? "side of the box, pixels" : "pixels replaced, %";
}
