namespace Cdam.Explainer.Devices;

/// <summary>What the device made of an item.</summary>
internal readonly record struct WorkResult<T>(T Value, BatchTiming Timing);
