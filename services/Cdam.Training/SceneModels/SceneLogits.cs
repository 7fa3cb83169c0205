using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>What the heads say of B pictures of P patches.</summary>
/// <param name="Classes">B × classes</param>
/// <param name="Patterns">B × patterns</param>
/// <param name="Patches">B × P × classes</param>
/// <param name="Masks">B × P × pixels of a patch: whether each belongs to an object</param>
internal sealed record SceneLogits(Tensor Classes, Tensor Patterns, Tensor Patches, Tensor Masks);
