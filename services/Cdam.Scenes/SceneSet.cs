namespace Cdam.Scenes;

/// <summary>Sets of scenes that share no scene.</summary>
public enum SceneSet
{
    /// <summary>One object each, to train on.</summary>
    Train,

    /// <summary>One object each, to choose the best epoch by.</summary>
    Validation,

    /// <summary>One object each, to report accuracy on.</summary>
    Test,

    /// <summary>One object each, to evaluate maps on.</summary>
    OneObject,

    /// <summary>Two objects of different classes each, to evaluate maps on.</summary>
    TwoObjects,

    /// <summary>One object each, to make concepts of.</summary>
    Concept,
}
