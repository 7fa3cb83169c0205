namespace Cdam.Explainer.Devices;

/// <summary>One item alone needs more memory than the device has.</summary>
internal sealed class DeviceMemoryException(Exception inner)
    : Exception("the device has not enough memory for this request; ask for fewer targets, a smaller image, or fewer tensors", inner);
