using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// The final block and the last LayerNorm as [CLS] sees them. Only [CLS] is read after this block, so no keys, values or MLP of
/// the other tokens are computed: the key projection is folded onto the query, the value projection is applied after pooling.
/// Everything is float32, whatever the other blocks use. Shapes: S samples, n tokens, d dim, H heads, k = d / H, C targets.
/// </summary>
internal sealed class FinalBlock : IDisposable
{
    private readonly OwnedTensors _owned = new();
    private readonly BackboneConfig _config;
    private readonly double _scale;                          // s = 1 / √k
    private readonly Tensor _query, _key, _value;            // H × k × d
    private readonly Tensor _queryBias, _valueBias;          // d
    private readonly Tensor _projection, _projectionBias;    // d × d, d
    private readonly Tensor? _scale1;                        // d

    public FinalBlock(BackboneConfig config, BlockWeights weights, Tensor lastWeight, Tensor lastBias)
    {
        _config = config;
        _scale = 1 / Math.Sqrt((double)config.Dim / config.Heads);
        (Norm1Weight, Norm1Bias) = (_owned.KeepFloat(weights.Norm1Weight), _owned.KeepFloat(weights.Norm1Bias));
        var qkv = _owned.KeepFloat(weights.QkvWeight).view(3, config.Heads, config.Dim / config.Heads, config.Dim);
        (_query, _key, _value) = (_owned.Keep(qkv[0]), _owned.Keep(qkv[1]), _owned.Keep(qkv[2]));
        var bias = _owned.KeepFloat(weights.QkvBias).view(3, config.Dim);
        (_queryBias, _valueBias) = (_owned.Keep(bias[0]), _owned.Keep(bias[2]));
        (_projection, _projectionBias) = (_owned.KeepFloat(weights.ProjectionWeight), _owned.KeepFloat(weights.ProjectionBias));
        _scale1 = weights.Scale1 is null ? null : _owned.KeepFloat(weights.Scale1);
        Tail = new ClassTokenTail(config.Epsilon, weights, lastWeight, lastBias, _owned);
    }

    /// <summary>γ of the first LayerNorm, d.</summary>
    public Tensor Norm1Weight { get; }

    /// <summary>β of the first LayerNorm, d.</summary>
    public Tensor Norm1Bias { get; }

    /// <summary>ε of the LayerNorms.</summary>
    public double Epsilon => _config.Epsilon;

    /// <summary>H</summary>
    public int Heads => _config.Heads;

    /// <summary>d</summary>
    public int Dim => _config.Dim;

    /// <summary>What follows the attention.</summary>
    public ClassTokenTail Tail { get; }

    /// <summary>T = norm1(X).</summary>
    /// <param name="x">S × n × d, float32.</param>
    public Tensor Norm1(Tensor x) => layer_norm(x, [Dim], Norm1Weight, Norm1Bias, Epsilon);

    /// <summary>The attention of the [CLS] query over all tokens.</summary>
    public ClassAttention Attend(ITokens tokens)
    {
        var query = tokens.ClassToken.matmul(_query.view(Dim, Dim).t()).Plus(_queryBias).view(-1, Heads, Dim / Heads);
        var keys = PerHead(query, _key).Times(_scale);                                           // S × H × d
        var content = tokens.Project(keys);                                                 // S × H × n
        var weights = content.softmax(-1);
        var pooled = tokens.Pool(weights);                                                  // S × H × d
        var values = PerHead(pooled, _value.transpose(1, 2));                               // S × H × k
        return new ClassAttention(keys, content, weights, values);
    }

    /// <summary>The rest of the network for [CLS].</summary>
    /// <param name="attention">The attention over T.</param>
    /// <param name="blockInput">X_cls, S × d: the residual path, held when T changes alone.</param>
    public ClassTokenState Finish(ClassAttention attention, Tensor blockInput)
    {
        var (_, branch) = Mix(attention);
        return Tail.Forward(blockInput.Plus(branch));
    }

    /// <summary>p = W_Oᵀ (γ1 ⊙ g): the gradient at the heads' outputs, ∂f/∂o.</summary>
    /// <param name="residualGradient">g, S × C × d.</param>
    /// <returns>S × C × d, the heads side by side.</returns>
    public Tensor HeadGradient(Tensor residualGradient) =>
        (_scale1 is null ? residualGradient : residualGradient * _scale1).matmul(_projection);

    /// <summary>v_h = W_V,hᵀ p_h: the value projection folded onto the gradient.</summary>
    /// <param name="headGradient">p, S × C × d.</param>
    /// <returns>S × C × H × d</returns>
    public Tensor FoldValues(Tensor headGradient)
    {
        var (samples, targets) = (headGradient.shape[0], headGradient.shape[1]);
        return PerHead(headGradient.view(samples * targets, Heads, Dim / Heads), _value).view(samples, targets, Heads, Dim);
    }

    /// <summary>∂f/∂A_hi = p_h · (W_V,h T_i + b_V,h), as if A were free: the gradient before the softmax's derivative.</summary>
    /// <param name="tokens">T</param>
    /// <param name="headGradient">p, or whatever else is to be carried to the attention linearly, S × C × d.</param>
    /// <returns>S × C × H × n</returns>
    public Tensor AttentionGradient(ITokens tokens, Tensor headGradient)
    {
        var (samples, targets) = (headGradient.shape[0], headGradient.shape[1]);
        var byValue = tokens.Project(FoldValues(headGradient).view(samples, targets * Heads, Dim)).view(samples, targets, Heads, -1);
        return byValue.AddInPlace((headGradient * _valueBias).view(samples, targets, Heads, -1).sum(-1, keepdim: true));
    }

    /// <summary>
    /// Relevance of the [CLS] attention by layer-wise relevance propagation (<see cref="RelevanceRules"/>) from the latent down.
    /// </summary>
    /// <param name="tokens">T of one image.</param>
    /// <param name="attention">The attention over T.</param>
    /// <param name="blockInput">X_cls, 1 × d.</param>
    /// <param name="latentRelevance">Of the latent's coordinates, C × d.</param>
    /// <returns>C × H × n</returns>
    public Tensor AttentionRelevance(ITokens tokens, ClassAttention attention, Tensor blockInput, Tensor latentRelevance)
    {
        var (mixed, branch) = Mix(attention);
        var relevance = Tail.Relevance(blockInput.Plus(branch), latentRelevance);
        var ofBranch = branch * RelevanceRules.Divide(relevance, blockInput.Plus(branch));
        var ofMixed = RelevanceRules.Linear(_projection, mixed, ofBranch);                  // C × d
        return (attention.Weights * AttentionGradient(tokens, RelevanceRules.Divide(ofMixed, mixed).unsqueeze(0)))[0];
    }

    /// <summary>W_V T without bias, for all tokens: what many targets share.</summary>
    /// <returns>S × d × n, the heads above each other.</returns>
    public Tensor ProjectValues(ITokens tokens) => tokens.Project(_value.view(1, Dim, Dim));

    /// <summary>The part of ∂f/∂T_cls that comes through the query: s Σ_h W_Q,hᵀ W_K,h D_h.</summary>
    /// <param name="pooled">D_h = Σ_i A_hi (a_hi − ā_h) T_i, S × C × H × d.</param>
    /// <returns>S × C × d</returns>
    public Tensor QueryGradient(Tensor pooled)
    {
        var (samples, targets) = (pooled.shape[0], pooled.shape[1]);
        var keys = PerHead(pooled.view(samples * targets, Heads, Dim), _key.transpose(1, 2)) // S·C × H × k
            .reshape(samples, targets, Dim);
        return keys.matmul(_query.view(Dim, Dim)).Times(_scale);
    }

    /// <summary>The heads' outputs o and the attention branch γ1 ⊙ (W_O o + b_O), S × d each.</summary>
    private (Tensor Mixed, Tensor Branch) Mix(ClassAttention attention)
    {
        var mixed = attention.Values.reshape(-1, Dim).Plus(_valueBias);
        var branch = linear(mixed, _projection, _projectionBias);
        return (mixed, _scale1 is null ? branch : branch * _scale1);
    }

    /// <summary>Each head's rows times its own matrix; one product a head, where broadcasting would copy the matrices for every row.</summary>
    /// <param name="rows">R × H × a</param>
    /// <param name="matrices">H × a × b</param>
    /// <returns>R × H × b</returns>
    private static Tensor PerHead(Tensor rows, Tensor matrices) => rows.transpose(0, 1).bmm(matrices).transpose(0, 1).contiguous();

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();
}
