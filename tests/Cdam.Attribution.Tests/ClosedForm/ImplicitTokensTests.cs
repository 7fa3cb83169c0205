using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Tests.Backbones;
using TorchSharp;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>Tokens that are never written out against the same written out.</summary>
public sealed class ImplicitTokensTests : IDisposable
{
    private const int Samples = 3, Tokens = 11, Dim = 48, Vectors = 5;
    private const double Epsilon = 1e-6;
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void NormalizedTokens_InAllProducts_EqualLayerNormWrittenOut()
    {
        var tokens = RandomTensor.Normal(1, Samples, Tokens, Dim) * 2 + 0.5;
        var (weight, bias) = (RandomTensor.Normal(2, Dim), RandomTensor.Normal(3, Dim));
        var reciprocal = (tokens.var(-1, unbiased: false) + Epsilon).rsqrt();
        var written = nn.functional.layer_norm(tokens, [Dim], weight, bias, Epsilon);
        AssertSame(new DenseTokens(written), new NormalizedTokens(tokens, tokens.mean([-1]), reciprocal, weight, bias));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ScaledTokens_InAllProducts_EqualTheProductWrittenOut(bool withOffset)
    {
        var tokens = RandomTensor.Normal(4, Tokens, Dim);
        var scale = RandomTensor.Normal(5, Samples, Tokens);
        var offset = withOffset ? RandomTensor.Normal(6, Dim) : null;
        var written = scale.unsqueeze(-1) * tokens;
        AssertSame(new DenseTokens(offset is null ? written : written + offset), new ScaledTokens(tokens, scale, offset));
    }

    [Fact]
    public void ScaledTokens_OfScaleZero_GiveZeroOrTheOffset()
    {
        var (tokens, vectors) = (RandomTensor.Normal(7, Tokens, Dim), RandomTensor.Normal(8, 1, Vectors, Dim));
        var none = new ScaledTokens(tokens, zeros(Samples, Tokens), null);
        Assert.Equal(0, none.Project(vectors).abs().max().item<float>());
        Assert.Equal(0, none.ClassToken.abs().max().item<float>());
        var offset = RandomTensor.Normal(9, Dim);
        TensorAssert.Close(
            offset.expand(Samples, Dim), new ScaledTokens(tokens, zeros(Samples, Tokens), offset).ClassToken, tolerance: 0);
    }

    private static void AssertSame(ITokens written, ITokens tokens)
    {
        TensorAssert.Close(written.ClassToken, tokens.ClassToken);
        foreach (var samples in new[] { Samples, 1 })
        {
            var vectors = RandomTensor.Normal(10, samples, Vectors, Dim);
            TensorAssert.Close(written.Project(vectors), tokens.Project(vectors));
        }

        // Weights that sum to nearly 0, as the centred ones of the query's part do.
        var weights = RandomTensor.Normal(11, Samples, Vectors, Tokens);
        TensorAssert.Close(written.Pool(weights), tokens.Pool(weights));
        TensorAssert.Close(written.Pool(weights.softmax(-1)), tokens.Pool(weights.softmax(-1)));
    }
}
