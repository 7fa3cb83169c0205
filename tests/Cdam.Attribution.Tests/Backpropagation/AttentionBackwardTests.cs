using Cdam.Attribution.Backpropagation;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Backpropagation;

/// <summary>The attention's derivative by hand, in tiles of any size, against automatic differentiation's.</summary>
public sealed class AttentionBackwardTests
{
    private const int Heads = 3;
    private const int Width = 4;
    private const int Tokens = 7;
    private const int Functions = 5;

    // Of one row of a head's matrix for one function.
    private const long RowBytes = 3 * sizeof(float) * Tokens;

    /// <summary>A row, some rows, a head, two heads, all heads, two functions, all.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Tokens)]
    [InlineData(2 * Tokens)]
    [InlineData(Heads * Tokens)]
    [InlineData(2 * Heads * Tokens)]
    [InlineData(Functions * Heads * Tokens)]
    public void Backward_InTilesOfAnySize_IsTheDerivative(int rows)
    {
        using var scope = NewDisposeScope();
        var (qkv, outputGradient) = (RandomTensor.Normal(1, Tokens, 3 * Heads * Width), RandomTensor.Normal(2, Tokens, Functions, Heads * Width));
        var seen = zeros(Functions, Heads * Tokens);
        var gradient = new AttentionBackward(qkv.clone(), Heads, outputGradient, RowBytes * rows, tile => Note(tile, seen)).Backward();

        var (expected, expectedSums) = ByAutograd(qkv, outputGradient);
        TensorAssert.Close(expected, gradient);
        TensorAssert.Close(expectedSums, seen.view(Functions, Heads, Tokens).sum(1));
    }

    [Fact]
    public void Constructor_GivenQueries_LeavesThemAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var qkv = RandomTensor.Normal(1, 1, 3 * Heads * Width);
        var before = qkv.clone();
        new AttentionBackward(qkv, Heads, RandomTensor.Normal(2, 1, 1, Heads * Width), RowBytes, _ => { }).Visit();
        Assert.Equal(before.data<float>().ToArray(), qkv.data<float>().ToArray());
    }

    /// <summary>Sums over rows, weighted by their position so that rows cannot be confused.</summary>
    private static void Note(AttentionTile tile, Tensor seen)
    {
        var (functions, heads, rows) = (tile.Weighted.shape[0], tile.Weighted.shape[1], tile.Weighted.shape[2]);
        var positions = arange(tile.Row + 1, tile.Row + rows + 1, ScalarType.Float32).view(1, 1, rows, 1);
        seen.narrow(0, tile.Function, functions).narrow(1, 0, heads * Tokens).add_((tile.Weighted * positions).sum(2).flatten(1));
    }

    /// <summary>∂f/∂qkv of f_c = Σ O ⊙ its gradient, n × C × 3d; and Σ over heads and rows of position × A ⊙ ∂f/∂A, C × n.</summary>
    private static (Tensor Gradient, Tensor Sums) ByAutograd(Tensor qkv, Tensor outputGradient)
    {
        var positions = arange(1, Tokens + 1, ScalarType.Float32).view(1, Tokens, 1);
        var (gradients, sums) = (new List<Tensor>(), new List<Tensor>());
        for (var function = 0; function < Functions; function++)
        {
            var leaf = qkv.detach().requires_grad_(true);
            var parts = leaf.view(Tokens, 3, Heads, Width).permute(1, 2, 0, 3);
            var weights = (parts[0].matmul(parts[1].transpose(-2, -1)) / Math.Sqrt(Width)).softmax(-1);
            var mixed = weights.matmul(parts[2]).transpose(0, 1).reshape(Tokens, Heads * Width);
            var found = autograd.grad([(mixed * outputGradient.select(1, function)).sum()], [leaf, weights]);
            gradients.Add(found[0]);
            sums.Add((weights.detach() * found[1] * positions).sum([0, 1]));
        }

        return (stack([.. gradients], 1), stack([.. sums]));
    }
}
