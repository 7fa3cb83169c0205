namespace Cdam.Scoring.Metrics;

/// <summary>What a metric is made of beside the map itself.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Logits while pixels are replaced by rank.</summary>
    Curves = 1,

    /// <summary>Logits while boxes are replaced.</summary>
    Boxes = 2,

    /// <summary>A right and a wrong class for each image, and a map of each.</summary>
    TwoLabels = 4,

    /// <summary>Where the object is.</summary>
    Mask = 8,

    /// <summary>Tokens and the gradients by them.</summary>
    TokenGradients = 16,

    /// <summary>Another map to compare with, which measurements of one map do not have.</summary>
    OtherMap = 32,
}
