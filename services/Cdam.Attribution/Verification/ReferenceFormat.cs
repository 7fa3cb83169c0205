using Cdam.Attribution.Models;

namespace Cdam.Attribution.Verification;

/// <summary>One way in which a reference folder holds the weights.</summary>
/// <param name="Name">The backbone's file.</param>
/// <param name="Manifest">How to load it.</param>
/// <param name="Exact">Whether the weights are the float32 ones; otherwise they are those rounded to 16 bits.</param>
public sealed record ReferenceFormat(string Name, ModelManifest Manifest, bool Exact);
