namespace Cdam.Scenes;

/// <summary>What an object's surface looks like, whatever its class: the attributes that concepts are made of.</summary>
public enum TexturePattern
{
    /// <summary>One colour.</summary>
    Plain,

    /// <summary>Parallel bands of two colours.</summary>
    Striped,

    /// <summary>Round dots on another colour.</summary>
    Dotted,

    /// <summary>Squares of two colours, as on a chess board.</summary>
    Checked,

    /// <summary>Winding veins of two colours.</summary>
    Marbled,
}
