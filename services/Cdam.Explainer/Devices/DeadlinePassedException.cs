namespace Cdam.Explainer.Devices;

/// <summary>The deadline passed before the device came to the work.</summary>
internal sealed class DeadlinePassedException() : Exception("the deadline passed before the work was done");
