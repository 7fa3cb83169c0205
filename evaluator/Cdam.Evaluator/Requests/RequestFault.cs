using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Requests;

/// <summary>A field of the request breaks a rule.</summary>
internal static class RequestFault
{
    /// <param name="field">Path from the request's root.</param>
    /// <param name="description">The value found and the rule.</param>
    internal static RpcException Of(string field, string description) =>
        WireStatus.InvalidArgument(field, description).ToRpcException();
}
