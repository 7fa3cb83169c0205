using Cdam.Attribution.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using TorchSharp;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Backbones;

/// <summary>Against torch's own bicubic interpolation, over the grids that models meet: larger, smaller, not square.</summary>
public sealed class PositionEmbeddingTests : IDisposable
{
    private const int Side = 7, Dim = 12;

    /// <summary>Weights are made in double precision here and in float32 there; positions of up to 11 are then known to 5e-7.</summary>
    private const double Tolerance = 5e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int, int> Grids => new() { { 9, 9 }, { 4, 11 }, { 3, 2 }, { 7, 8 }, { 1, 1 } };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Grids))]
    public void For_Exact_EqualsTorchsBicubicToTheSize(int rows, int columns)
    {
        var embedding = Embedding();
        using var positions = new PositionEmbedding(embedding, Config(PositionResampling.Exact));
        var resized = nn.functional.interpolate(Square(embedding), [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false);
        AssertEqual(embedding, resized, positions.For(rows, columns));
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void For_Offset_EqualsTorchsBicubicByDinosFactors(int rows, int columns)
    {
        var embedding = Embedding();
        using var positions = new PositionEmbedding(embedding, Config(PositionResampling.Offset));
        double[] factors = [(rows + 0.1) / Side, (columns + 0.1) / Side];
        var resized = nn.functional.interpolate(Square(embedding), scale_factor: factors, mode: InterpolationMode.Bicubic, align_corners: false);
        AssertEqual(embedding, resized, positions.For(rows, columns));
    }

    [Fact]
    public void For_Antialiased_IsTheProductWithBothAxesWeights()
    {
        var embedding = Embedding();
        using var positions = new PositionEmbedding(embedding, Config(PositionResampling.Antialiased));
        var down = tensor(CubicKernel.Antialiased(Side, 4), 4, Side);
        var across = tensor(CubicKernel.Antialiased(Side, 9), 9, Side);
        AssertEqual(embedding, einsum("ra,cb,kdab->kdrc", down, across, Square(embedding)), positions.For(4, 9));
    }

    [Theory]
    [InlineData(BackboneNaming.Dino, PositionResampling.Offset)]
    [InlineData(BackboneNaming.DinoV2, PositionResampling.Antialiased)]
    [InlineData(BackboneNaming.Torchvision, PositionResampling.Exact)]
    public void For_WithoutAChoice_IsTheNamingsPublishedWay(BackboneNaming naming, PositionResampling published)
    {
        var embedding = Embedding();
        using var chosen = new PositionEmbedding(embedding, Config(published));
        using var usual = new PositionEmbedding(embedding, Config(null) with { Naming = naming });
        TensorAssert.Close(chosen.For(4, 5), usual.For(4, 5), tolerance: 0);
    }

    [Fact]
    public void For_TheOwnGrid_IsTheEmbeddingItself()
    {
        var embedding = Embedding();
        using var positions = new PositionEmbedding(embedding, Config(PositionResampling.Offset));
        Assert.Same(embedding, positions.For(Side, Side));
    }

    [Fact]
    public void For_TheSameGridAgain_IsTheSameTensorUntilDisposal()
    {
        var embedding = Embedding();
        var positions = new PositionEmbedding(embedding, Config(PositionResampling.Exact));
        Tensor first;
        using (NewDisposeScope())
        {
            first = positions.For(4, 5);
        }

        Assert.Same(first, positions.For(4, 5));
        Assert.NotSame(first, positions.For(5, 4));
        positions.Dispose();
        Assert.True(first.IsInvalid);
        Assert.False(embedding.IsInvalid);
    }

    private static BackboneConfig Config(PositionResampling? positions) =>
        RandomBackbone.Config(BackboneNaming.Dino) with { Image = Side * 4, Dim = Dim, Positions = positions };

    private static Tensor Embedding() => RandomTensor.Normal(21, 1, 1 + Side * Side, Dim);

    /// <summary>1 × d × side × side, without [CLS].</summary>
    private static Tensor Square(Tensor embedding) =>
        embedding.narrow(1, 1, Side * Side).view(1, Side, Side, Dim).permute(0, 3, 1, 2).contiguous();

    private static void AssertEqual(Tensor embedding, Tensor resized, Tensor actual)
    {
        var patches = resized.permute(0, 2, 3, 1).reshape(1, -1, Dim);
        TensorAssert.Close(cat([embedding.narrow(1, 0, 1), patches], 1), actual, Tolerance);
    }
}
