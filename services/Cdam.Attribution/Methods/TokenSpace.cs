namespace Cdam.Attribution.Methods;

/// <summary>Which tokens noise or a path is applied to.</summary>
public enum TokenSpace
{
    /// <summary>X, entering the final block.</summary>
    BlockInput,

    /// <summary>T = norm1(X), fed to its attention.</summary>
    AttentionInput,
}
