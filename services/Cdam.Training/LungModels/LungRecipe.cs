namespace Cdam.Training.LungModels;

/// <summary>The published ways to train lung CT models (Brocki, Binda, Chung).</summary>
public enum LungRecipe
{
    /// <summary>
    /// The main text's: one split of 0.7225 / 0.1275 / 0.15 into training, validation and test; the learning rate falls by 0.95 an epoch.
    /// </summary>
    Main,

    /// <summary>The appendix's: a fold of the data set after the other is tested on; a cyclic learning rate (triangular2).</summary>
    Appendix,
}
