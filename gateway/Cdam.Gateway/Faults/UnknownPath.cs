using Cdam.Gateway.Json;
using Cdam.V1.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>Answers calls of methods that no route leads to.</summary>
internal static class UnknownPath
{
    internal static Task Answer(HttpContext context)
    {
        if (GrpcCall.Is(context))
        {
            GrpcCall.End(context.Response, ToStatus(context.Request.Path));
        }
        else
        {
            var path = context.Request.Path.Value ?? "";
            return JsonError.WriteAsync(context.Response, WireStatus.NotFound("path", path, $"There is nothing at {path}; /openapi/v1.json lists the calls that there are."));
        }

        return Task.CompletedTask;
    }

    private static Status ToStatus(string path)
    {
        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = "NO_SUCH_METHOD", Metadata = { ["path"] = path } };
        var message = $"No service behind this gateway has the method {path}; reflection lists those that exist.";
        return new Status { Code = (int)Code.Unimplemented, Message = message, Details = { Any.Pack(info) } };
    }
}
