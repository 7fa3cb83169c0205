using Cdam.Attribution.Preprocessing;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Cli.Measuring;

/// <summary>CDAM for one class with logits, as a client asks for it.</summary>
internal sealed class GrpcWork(ExplainerService.ExplainerServiceClient client, string model, PixelImage picture)
{
    private readonly ExplainRequest _request = new()
    {
        Model = model,
        Image = new Image
        {
            Picture = new Picture { Width = picture.Width, Height = picture.Height, Rgb = UnsafeByteOperations.UnsafeWrap(picture.Rgb) },
        },
        Targets = { new Target { Index = 0 } },
    };

    /// <summary>One unary call.</summary>
    public void Unary() => client.Explain(_request);

    /// <summary>Unary calls, of which several are under way at any time.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="calls">Of each caller, one after another.</param>
    public void AtOnce(int callers, int calls) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Repeat(calls))).GetAwaiter().GetResult();

    /// <summary>A stream of images, reading and writing at once.</summary>
    public void Stream(int images) => StreamAsync(images).GetAwaiter().GetResult();

    private async Task Repeat(int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await client.ExplainAsync(_request);
        }
    }

    private async Task StreamAsync(int images)
    {
        using var call = client.ExplainStream();
        var writing = Write(call.RequestStream, images);
        var results = 0;
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            results += answer.EventCase switch
            {
                ExplainStreamResponse.EventOneofCase.Result => 1,
                ExplainStreamResponse.EventOneofCase.Error => throw new InvalidOperationException(answer.Error.Message),
                _ => 0,
            };
        }

        await writing;
        if (results != images)
        {
            throw new InvalidOperationException($"{results} answers to {images} images");
        }
    }

    private async Task Write(IClientStreamWriter<ExplainStreamRequest> stream, int images)
    {
        for (var id = 0; id < images; id++)
        {
            await stream.WriteAsync(new ExplainStreamRequest { Id = $"{id}", Request = _request });
        }

        await stream.CompleteAsync();
    }
}
