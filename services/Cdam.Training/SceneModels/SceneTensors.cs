using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>A batch of B pictures of P patches, on a device.</summary>
/// <param name="Input">B × 3 × side × side, normalised.</param>
/// <param name="Classes">B × classes, each row sums to 1.</param>
/// <param name="Patterns">B × patterns, each row sums to 1.</param>
/// <param name="Patches">B × P × classes, each row sums to the share of the patch that an object covers.</param>
/// <param name="Masks">B × P × pixels of a patch, the share of each that an object covers.</param>
internal sealed record SceneTensors(Tensor Input, Tensor Classes, Tensor Patterns, Tensor Patches, Tensor Masks);
