using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>Growing sets: step k replaces all pixels whose byte is at most k.</summary>
internal sealed record RankRegion(ReadOnlyMemory<byte> FirstStep, int StepCount) : PixelRegion
{
    public override int Steps => StepCount;

    public override PixelImage Apply(PerturbedPicture picture, int step) => Replace(picture, new Rule(FirstStep, step));

    private readonly struct Rule(ReadOnlyMemory<byte> firstStep, int step) : IPixelRule
    {
        public bool Replaces(int pixel) => firstStep.Span[pixel] <= step;
    }
}
