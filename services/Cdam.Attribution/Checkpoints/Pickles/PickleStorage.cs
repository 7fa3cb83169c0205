namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A reference to raw data kept outside the pickle.</summary>
/// <param name="Key">Names the data in the archive.</param>
/// <param name="Type">Element type; UInt8 for an untyped storage.</param>
/// <param name="ElementCount">Elements of the whole storage.</param>
/// <param name="View">The part that is meant, in elements; null for the whole.</param>
internal sealed record PickleStorage(string Key, TensorType Type, long ElementCount, (long Offset, long Count)? View);
