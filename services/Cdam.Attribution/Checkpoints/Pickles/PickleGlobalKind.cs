namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>What applying a global gives.</summary>
internal enum PickleGlobalKind
{
    /// <summary>A dictionary, whose entries are kept.</summary>
    Dictionary,

    /// <summary>An instance of a class that only holds data; it is dropped.</summary>
    Opaque,

    /// <summary>A class of storages; only persistent ids use it.</summary>
    Storage,

    /// <summary>An element type; it cannot be applied.</summary>
    Type,

    /// <summary>A tuple of sizes.</summary>
    Size,

    /// <summary>A tensor from (storage, offset, shape, strides, …).</summary>
    Tensor,

    /// <summary>A tensor from (storage, offset, shape, strides, requires_grad, hooks, dtype, …).</summary>
    TypedTensor,

    /// <summary>A tensor from (tensor, requires_grad, hooks).</summary>
    Parameter,
}
