using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>The explainer has been waited for long enough.</summary>
internal sealed class ExplainerLostException(RpcException last) : Exception(last.Status.Detail, last)
{
    internal RpcException Last => last;
}
