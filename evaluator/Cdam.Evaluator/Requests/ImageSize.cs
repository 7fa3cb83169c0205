using Cdam.Evaluator.Hosting;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Requests;

/// <summary>What an encoded image may weigh: what explainers would refuse is not kept or sent first.</summary>
internal static class ImageSize
{
    /// <param name="image">Of whichever kind; pixels are limited by the message that brings them.</param>
    /// <param name="options">With the limit.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is larger.</exception>
    internal static void Check(Image image, EvaluatorOptions options)
    {
        if (image.SourceCase == Image.SourceOneofCase.Encoded)
        {
            Check(image.Encoded.Length, "image.encoded", options);
        }
    }

    /// <param name="bytes">Of the image file.</param>
    /// <param name="field">What names the image in the request.</param>
    /// <param name="options">With the limit.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is larger.</exception>
    internal static void Check(long bytes, string field, EvaluatorOptions options)
    {
        if (bytes > options.MaxImageBytes)
        {
            throw RequestFault.Of(field,
                $"{bytes} bytes; at most {options.MaxImageBytes} are permitted ({EvaluatorOptions.Section}:{nameof(options.MaxImageBytes)}).");
        }
    }
}
