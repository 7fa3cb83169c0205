using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>Pixels whose bit is set, the first in the lowest bit of the first byte.</summary>
internal sealed record MaskRegion(ReadOnlyMemory<byte> Mask) : PixelRegion
{
    public override PixelImage Apply(PerturbedPicture picture, int step) => Replace(picture, new Rule(Mask));

    private readonly struct Rule(ReadOnlyMemory<byte> mask) : IPixelRule
    {
        public bool Replaces(int pixel) => (mask.Span[pixel >> 3] >> (pixel & 7) & 1) != 0;
    }
}
