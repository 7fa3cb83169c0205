namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A value with values in it: a dictionary, a list or a tuple.</summary>
internal abstract class PickleContainer
{
    public abstract int Count { get; }

    public abstract object? ValueAt(int index);

    /// <summary>The part of a tensor's name that stands for this place; null if the key is neither text nor a number.</summary>
    public abstract string? KeyAt(int index);
}
