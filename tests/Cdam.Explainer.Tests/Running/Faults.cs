using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Cdam.Explainer.Tests.Running;

/// <summary>Looks into the details of statuses.</summary>
internal static class Faults
{
    /// <summary>The call fails with a code, and says so in details as the contract promises.</summary>
    public static async Task<Status> FailsAsync(Code code, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True((int)code == (int)exception.StatusCode, exception.ToString());
        var status = exception.GetRpcStatus();
        Assert.NotNull(status);
        return IsStatus(code, status);
    }

    /// <summary>A status of a code, with one ErrorInfo.</summary>
    public static Status IsStatus(Code code, Status status)
    {
        Assert.True((int)code == status.Code, status.ToString());
        Assert.Equal("cdam", Detail<ErrorInfo>(status).Domain);
        return status;
    }

    /// <summary>The field that the status blames.</summary>
    public static string Field(Status status) => Assert.Single(Detail<BadRequest>(status).FieldViolations).Field;

    public static T Detail<T>(Status status)
        where T : class, IMessage<T>, new() =>
        Assert.Single(status.Details, (Any detail) => detail.Is(new T().Descriptor)).Unpack<T>();
}
