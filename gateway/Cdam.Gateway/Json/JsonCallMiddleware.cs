using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.InProcess;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Json;

/// <summary>
/// Makes a gRPC call of a JSON request whose path a google.api.http rule names, and sends it through the rest of the pipeline: forwarded
/// methods and those of the gateway itself need no code here.
/// </summary>
internal sealed class JsonCallMiddleware(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var found = GrpcCall.Is(context) ? [] : HttpBindings.Of(context.Request.Path.Value ?? "").ToList();
        if (found.Count == 0)
        {
            await next(context);
            return;
        }

        var (binding, values) = found.FirstOrDefault(candidate => candidate.Binding.Verb == context.Request.Method);
        if (binding is null)
        {
            var verbs = string.Join(", ", found.Select(candidate => candidate.Binding.Verb));
            context.Response.Headers.Allow = verbs;
            await JsonError.WriteAsync(
                context.Response, WireStatus.InvalidArgument("method", $"is {context.Request.Method}; must be {verbs} for this path"),
                StatusCodes.Status405MethodNotAllowed);
            return;
        }

        try
        {
            await CallAsync(context, binding, values);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
    }

    private async Task CallAsync(HttpContext context, HttpBinding binding, IReadOnlyList<string> values)
    {
        var asPicture = binding.Method.OutputType == ExplainResponse.Descriptor
            && context.Request.Headers.Accept.ToString().Contains(JsonAnswer.PictureMediaType, StringComparison.OrdinalIgnoreCase);
        var answer = new JsonAnswer(context.Response, binding.Method, asPicture);
        try
        {
            var message = await RequestMessage.ReadAsync(
                context.Request, binding, values, options.Value.MaxMessageBytes, asPicture ? [("mapOptions.includeOverlay", "true")] : []);
            var (status, headers) = await InnerCall.SendAsync(context, next, binding.GrpcPath, message, answer.TakeAsync);
            await answer.EndAsync(status, headers);
        }
        catch (RpcException fault)
        {
            await answer.EndAsync(fault.GetRpcStatus() ?? new Status { Code = (int)fault.StatusCode, Message = fault.Status.Detail }, context.Response.Headers);
        }
    }
}
