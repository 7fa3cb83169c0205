using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Cli.Concepts;

/// <summary>Makes a concept on a server of picture files, which are read as they are sent.</summary>
internal sealed class ConceptUpload(ConceptService.ConceptServiceClient client)
{
    private const int ChunkBytes = 256 << 10;

    /// <param name="setup">What it is to be.</param>
    /// <param name="files">Encoded pictures.</param>
    /// <param name="sent">Is called after each file.</param>
    /// <exception cref="IOException">A file cannot be read, or is empty.</exception>
    /// <exception cref="RpcException">The server refuses.</exception>
    public async Task<StoredConcept> Send(ConceptSetup setup, IReadOnlyList<string> files, Action sent, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = client.CreateConcept(cancellationToken: ending.Token);
        try
        {
            await Write(call.RequestStream, setup, files, sent, ending.Token);
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException)
        {
            // The server has answered before it was sent everything; the answer says why.
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }

        return (await call).Concept;
    }

    private static async Task Write(
        IClientStreamWriter<CreateConceptRequest> stream, ConceptSetup setup, IReadOnlyList<string> files, Action sent, CancellationToken cancellation)
    {
        await stream.WriteAsync(new CreateConceptRequest { Setup = setup }, cancellation);
        foreach (var file in files)
        {
            await Write(stream, file, cancellation);
            sent();
        }

        await stream.CompleteAsync();
    }

    private static async Task Write(IClientStreamWriter<CreateConceptRequest> stream, string file, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(file);
        if (content.Length == 0)
        {
            throw new IOException($"{file}: is empty");
        }

        var buffer = new byte[ChunkBytes];
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is var count and > 0)
        {
            var chunk = new ImageChunk { Data = ByteString.CopyFrom(buffer.AsSpan(0, count)), Last = content.Position >= content.Length };
            await stream.WriteAsync(new CreateConceptRequest { Chunk = chunk }, cancellation);
        }
    }
}
