using System.Runtime.CompilerServices;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>What a CreateConcept call sends: its setup, and then images, whole or in chunks. One image at a time is held.</summary>
/// <param name="requests">Nothing of it was read.</param>
/// <param name="maxImageBytes">Of an encoded image.</param>
internal sealed class SentImages(IAsyncStreamReader<CreateConceptRequest> requests, int maxImageBytes)
{
    private readonly List<ByteString> _chunks = [];
    private long _bytes;
    private int _images;

    internal static string TooLarge(long bytes, int limit) => $"has {bytes} bytes; at most {limit} are accepted (Gateway:Concepts:MaxImageBytes)";

    /// <summary>The first message; null where there is none, or another.</summary>
    internal async Task<ConceptSetup?> SetupAsync(CancellationToken cancellation) =>
        await requests.MoveNext(cancellation) ? requests.Current.Setup : null;

    /// <summary>The images; once, and after the setup.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the messages break a rule.</exception>
    internal async IAsyncEnumerable<Image> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await requests.MoveNext(cancellation))
        {
            if (Next(requests.Current) is { } image)
            {
                _images++;
                yield return image;
            }
        }

        if (_chunks.Count > 0)
        {
            throw Fault("chunk.last", $"is missing: the stream ended after {_bytes} bytes of image {_images}");
        }
    }

    /// <summary>The image that a message brings or completes.</summary>
    private Image? Next(CreateConceptRequest request) => request.MessageCase switch
    {
        CreateConceptRequest.MessageOneofCase.Image when _chunks.Count > 0 =>
            throw Fault("image", $"came before the last chunk of image {_images}"),
        CreateConceptRequest.MessageOneofCase.Image => request.Image,
        CreateConceptRequest.MessageOneofCase.Chunk => Append(request.Chunk),
        CreateConceptRequest.MessageOneofCase.Setup => throw Fault("setup", "is given again; must be the first message only"),
        _ => throw Fault("message", "is not set; must be image or chunk"),
    };

    private Image? Append(ImageChunk chunk)
    {
        if (chunk.Data.IsEmpty)
        {
            throw Fault("chunk.data", $"is empty, in image {_images}; must have at least 1 byte");
        }

        _chunks.Add(chunk.Data);
        _bytes += chunk.Data.Length;
        if (_bytes > maxImageBytes)
        {
            throw Fault($"images[{_images}].encoded", TooLarge(_bytes, maxImageBytes));
        }

        return chunk.Last ? Complete() : null;
    }

    private Image Complete()
    {
        var bytes = new byte[_bytes];
        var filled = 0;
        foreach (var chunk in _chunks)
        {
            chunk.Span.CopyTo(bytes.AsSpan(filled));
            filled += chunk.Length;
        }

        _chunks.Clear();
        _bytes = 0;
        return new Image { Encoded = UnsafeByteOperations.UnsafeWrap(bytes) };
    }

    private static RpcException Fault(string field, string description) => WireStatus.InvalidArgument(field, description).ToRpcException();
}
