namespace Cdam.Explainer.Devices;

/// <summary>Where an item's time on the device went.</summary>
/// <param name="Queued">From submission to the start of its batch.</param>
/// <param name="Computed">All of its batch.</param>
/// <param name="Size">Network inputs in that batch: one for a picture, three for a volume.</param>
internal readonly record struct BatchTiming(TimeSpan Queued, TimeSpan Computed, int Size);
