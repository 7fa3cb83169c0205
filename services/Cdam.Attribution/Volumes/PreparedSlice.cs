using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Volumes;

/// <summary>A slice as a model takes it.</summary>
/// <param name="View">Its direction.</param>
/// <param name="Input">What goes into the network.</param>
/// <param name="Prepared">The same as greys of the window, for looking at; its source is the 32 × 32 slice.</param>
public sealed record PreparedSlice(SliceView View, ModelInput Input, PreparedImage Prepared);
