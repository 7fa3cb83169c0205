using Cdam.Attribution.Rendering;

namespace Cdam.Explainer.Explaining;

/// <summary>What is returned beside a map's scores.</summary>
internal sealed record MapWishes(bool Heads, bool HeatMap, bool Overlay, bool PreparedImage, MapStyle Style);
