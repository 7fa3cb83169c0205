namespace Cdam.Explainer.Devices;

/// <summary>Where an item's time on the device went.</summary>
/// <param name="Queued">From submission to the start of its batch.</param>
/// <param name="Computed">All of its batch.</param>
/// <param name="Size">Items in that batch.</param>
internal readonly record struct BatchTiming(TimeSpan Queued, TimeSpan Computed, int Size);
