using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>What is sent through the gateway to see what stays there: little work for the explainer, much for the gateway.</summary>
/// <param name="client">Of the gateway.</param>
/// <param name="model">A model that costs next to nothing.</param>
internal sealed class ForwardedLoad(ExplainerService.ExplainerServiceClient client, string model)
{
    private const int Side = 512; // a picture of 786,432 bytes
    private readonly Picture _large = new() { Width = Side, Height = Side, Rgb = UnsafeByteOperations.UnsafeWrap(new byte[Side * Side * 3]) };

    /// <summary>One Predict stream of at least so many bytes; ends when the explainer has read them all.</summary>
    public async Task Bytes(long bytes, CancellationToken cancellation)
    {
        using var call = client.Predict(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new PredictRequest { Setup = new PredictSetup { Model = model } }, cancellation);
        var picture = new PredictRequest { Picture = new PerturbationPicture { Picture = _large } };
        for (var sent = 0L; sent < bytes; sent += picture.CalculateSize())
        {
            await call.RequestStream.WriteAsync(picture, cancellation);
        }

        await call.RequestStream.WriteAsync(new PredictRequest { ReleasePictureId = 0 }, cancellation);
        await call.RequestStream.CompleteAsync();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            // A picture that was refused, or none to release.
            if (answer.Error is { } error)
            {
                throw new InvalidOperationException(error.Status.Message);
            }
        }
    }

    /// <summary>Holds streams open and idle while something is done, then sees that each still answers.</summary>
    public async Task Hold(int streams, Func<Task> whileHeld, CancellationToken cancellation)
    {
        var calls = Enumerable.Range(0, streams).Select(_ => client.ExplainStream(cancellationToken: cancellation)).ToList();
        try
        {
            await Task.WhenAll(calls.Select(call => Next(call, cancellation)));
            await whileHeld();
            await Task.WhenAll(calls.Select(call => Ask(call, cancellation)));
        }
        finally
        {
            calls.ForEach(call => call.Dispose());
        }
    }

    private static async Task Ask(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> call, CancellationToken cancellation)
    {
        // A request without an image is answered, too: by an error of that item.
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "last" }, cancellation);
        await Next(call, cancellation);
    }

    private static async Task Next(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> call, CancellationToken cancellation)
    {
        if (!await call.ResponseStream.MoveNext(cancellation))
        {
            throw new InvalidOperationException("a stream ended while it was held");
        }
    }
}
