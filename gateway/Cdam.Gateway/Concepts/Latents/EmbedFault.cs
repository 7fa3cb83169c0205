using Cdam.V1.Errors;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>What goes wrong while latents are asked for, in the terms of the client that makes a concept.</summary>
internal static class EmbedFault
{
    private const string ImageField = "image";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Passes code and details on; faults of the connection itself, which have none, get them here.</summary>
    /// <param name="pool">Where the explainer is.</param>
    internal static RpcException PassOn(RpcException fault, string pool) => fault.GetRpcStatus() is not null ? fault : (fault.StatusCode switch
    {
        StatusCode.DeadlineExceeded => WireStatus.Unavailable($"An explainer of pool '{pool}' did not answer in time.", RetryAfter, "DESTINATION_LOST"),
        StatusCode.Unimplemented => WireStatus.Internal($"A destination of pool '{pool}' is no explainer.", "BAD_EXPLAINER_ANSWER"),
        _ => WireStatus.Unavailable($"The connection to an explainer of pool '{pool}' failed.", RetryAfter, "DESTINATION_LOST"),
    }).ToRpcException();

    /// <summary>The explainer broke the contract.</summary>
    /// <param name="what">What was found and what the contract says.</param>
    internal static RpcException BadAnswer(string what) =>
        WireStatus.Internal($"The explainer's answer cannot be used: {what}", "BAD_EXPLAINER_ANSWER").ToRpcException();

    /// <summary>Which field of which image an explainer found fault with.</summary>
    /// <param name="error">Of an item of an Embed stream; its fields begin at <c>image</c>.</param>
    /// <param name="image">Position of the image.</param>
    internal static (string Field, string Description) Relocate(Status error, int image)
    {
        var violation = error.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault();
        var part = violation?.Field.StartsWith(ImageField, StringComparison.Ordinal) == true ? violation.Field[ImageField.Length..] : "";
        return ($"images[{image}]{part}", violation?.Description ?? error.Message);
    }
}
