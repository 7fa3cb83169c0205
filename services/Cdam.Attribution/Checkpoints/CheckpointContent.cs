namespace Cdam.Attribution.Checkpoints;

/// <summary>What a format's reader found.</summary>
internal sealed record CheckpointContent(
    string Format, OrderedDictionary<string, CheckpointTensor> Tensors, OrderedDictionary<string, string> Metadata);
