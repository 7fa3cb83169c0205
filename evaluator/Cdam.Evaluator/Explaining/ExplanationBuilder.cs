using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Explaining;

/// <summary>Gathers the answers of ExplainStream to one image.</summary>
/// <param name="methodCount">Maps that must result.</param>
internal sealed class ExplanationBuilder(int methodCount)
{
    private readonly TensorAssembly _tokens = new("tokens");
    private readonly TensorAssembly _gradients = new("token gradients");
    private readonly List<Map> _maps = [];
    private ResolvedTarget? _target;
    private ExplainResponse? _result;

    internal void Add(ExplainStreamResponse answer)
    {
        switch (answer.EventCase)
        {
            case ExplainStreamResponse.EventOneofCase.Chunk:
                Add(answer.Chunk);
                break;
            case ExplainStreamResponse.EventOneofCase.Map:
                Note(answer.Map.Target);
                _maps.Add(answer.Map);
                break;
            case ExplainStreamResponse.EventOneofCase.Result:
                _result = answer.Result;
                break;
            case ExplainStreamResponse.EventOneofCase.Error:
                throw answer.Error.ToRpcException();
        }
    }

    internal Explanation Build()
    {
        var result = _result ?? throw ExplainerFault.BadAnswer("ExplainStream ends without a result.");
        var target = _target ?? throw ExplainerFault.BadAnswer("no target was resolved.");
        var picture = MapReading.Picture(result.PreparedImage?.Picture);
        var layout = result.TokenLayout ?? throw ExplainerFault.BadAnswer("token_layout is absent.");
        CheckTokens(layout);
        CheckMaps();
        return new Explanation(
            picture,
            MapReading.Shown(result.PreparedImage!),
            new TargetLogit(target.TargetIndex, target.HasOutputIndex ? target.OutputIndex : null, target.DisplayName, target.Value),
            [.. _maps.Select(map => MapReading.Map(map, picture, layout))],
            new TokenGradients(_tokens.Values, _gradients.Values, _tokens.Columns));
    }

    private void Add(TokenTensorChunk chunk)
    {
        switch (chunk.Kind)
        {
            case TokenTensorKind.Tokens:
                _tokens.Add(chunk.Chunk);
                break;
            case TokenTensorKind.TokenGradients:
                Note(chunk.Target);
                _gradients.Add(chunk.Chunk);
                break;
        }
    }

    /// <summary>Methods that ignore the target give maps without one.</summary>
    private void Note(ResolvedTarget? target)
    {
        if (target is null)
        {
            return;
        }

        _target ??= target;
        if (target.TargetIndex != _target.TargetIndex || target.HasOutputIndex != _target.HasOutputIndex
            || target.OutputIndex != _target.OutputIndex)
        {
            throw WireStatus.InvalidArgument("target",
                $"stands for several outputs ('{_target.DisplayName}', '{target.DisplayName}', …); exactly one must result.").ToRpcException();
        }
    }

    private void CheckTokens(TokenLayout layout)
    {
        var expected = (layout.PrefixTokenCount + ((long)layout.Rows * layout.Columns)) * _tokens.Columns;
        if (!_tokens.IsComplete || !_gradients.IsComplete || _tokens.Values.Length != expected || _gradients.Values.Length != expected
            || _gradients.Columns != _tokens.Columns)
        {
            throw ExplainerFault.BadAnswer(
                $"{_tokens.Values.Length} token values, {_gradients.Values.Length} gradient values; {expected} of each were announced.");
        }
    }

    private void CheckMaps()
    {
        if (_maps.Count != methodCount)
        {
            throw ExplainerFault.BadAnswer($"{_maps.Count} maps; {methodCount} methods were asked for.");
        }

        if (_maps.CountBy(map => map.Method).FirstOrDefault(pair => pair.Value > 1).Key is { } twice)
        {
            throw WireStatus.InvalidArgument("methods",
                $"'{twice}' is asked for more than once; curves are told apart by the method's name.").ToRpcException();
        }
    }
}
