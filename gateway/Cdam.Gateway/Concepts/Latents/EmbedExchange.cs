using System.Globalization;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Gateway.Concepts.Latents;

/// <summary>One Embed call: images go out as they come in, and no faster than the explainer takes them; latents come back in any order.</summary>
/// <param name="model">Whose latents.</param>
/// <param name="maxImageBytes">Of an encoded image.</param>
internal sealed class EmbedExchange(ModelConnection model, int maxImageBytes)
{
    private const int Fewest = 2;
    private const int Most = 1000;
    private const int MostFaults = 50;

    private readonly Dictionary<int, Embedding> _embeddings = [];
    private readonly SortedDictionary<int, (string Field, string Description)> _faults = [];
    private volatile int _sent;
    private volatile Exception? _refusal;

    /// <summary>Gets the latent of every image, in their order.</summary>
    /// <param name="images">Read as the explainer takes them; faults of theirs are passed on.</param>
    /// <param name="deadline">UTC.</param>
    /// <exception cref="RpcException">Images break rules, all of which are named; or the explainer cannot answer.</exception>
    internal async Task<IReadOnlyList<Embedding>> RunAsync(IAsyncEnumerable<Image> images, DateTime deadline, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = model.Client.Embed(deadline: deadline, cancellationToken: ending.Token);
        var writing = WriteAsync(call.RequestStream, images, ending);
        try
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync(ending.Token))
            {
                Take(answer);
            }
        }
        catch (Exception) when (_refusal is not null)
        {
            // The images' fault ended the call; it is thrown below.
        }
        catch (RpcException fault)
        {
            await ending.CancelAsync();
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);
            throw EmbedFault.PassOn(fault, model.Pool);
        }

        await writing;
        return Complete();
    }

    private async Task WriteAsync(IClientStreamWriter<EmbedRequest> stream, IAsyncEnumerable<Image> images, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var image in images.WithCancellation(ending.Token))
            {
                Check(image);
                var request = new EmbedRequest { Id = _sent.ToString(CultureInfo.InvariantCulture), Model = model.Model.Name, Image = image };
                if (!await TryAsync(() => stream.WriteAsync(request, ending.Token)))
                {
                    return;
                }

                _sent++;
            }

            await TryAsync(stream.CompleteAsync);
        }
        catch (Exception fault)
        {
            _refusal = fault;
            await ending.CancelAsync();
            throw;
        }
    }

    /// <returns>False where the explainer has ended the call; its answer says why.</returns>
    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Check(Image image)
    {
        if (_sent == Most)
        {
            throw WireStatus.InvalidArgument("images", $"has more than {Most} entries; a concept is made of {Fewest} to {Most}").ToRpcException();
        }

        if (image.Encoded.Length > maxImageBytes)
        {
            throw WireStatus.InvalidArgument($"images[{_sent}].encoded", SentImages.TooLarge(image.Encoded.Length, maxImageBytes)).ToRpcException();
        }
    }

    private void Take(EmbedResponse answer)
    {
        if (answer.EventCase is not (EmbedResponse.EventOneofCase.Embedding or EmbedResponse.EventOneofCase.Error))
        {
            return;
        }

        if (!int.TryParse(answer.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw EmbedFault.BadAnswer($"'{answer.Id}' was not asked for.");
        }

        if (answer.Embedding is { } embedding)
        {
            _embeddings[position] = Usable(embedding);
        }
        else if (answer.Error.Code != (int)Code.InvalidArgument)
        {
            throw answer.Error.ToRpcException();
        }
        else if (_faults.Count < MostFaults)
        {
            _faults[position] = EmbedFault.Relocate(answer.Error, position);
        }
    }

    private Embedding Usable(Embedding embedding) =>
        embedding.Latent.Count == model.Model.EmbeddingDim && embedding.Latent.All(float.IsFinite)
            ? embedding
            : throw EmbedFault.BadAnswer($"a latent has {embedding.Latent.Count} values; {model.Model.EmbeddingDim} finite ones were promised.");

    private List<Embedding> Complete()
    {
        if (_faults.Count > 0)
        {
            var (field, description) = _faults.First().Value;
            var more = _faults.Count > 1 ? $" (and {_faults.Count - 1} more images)" : "";
            throw WireStatus.InvalidArgument($"{field}: {description}{more}", [.. _faults.Values], "INVALID_IMAGES").ToRpcException();
        }

        if (_sent < Fewest)
        {
            throw WireStatus.InvalidArgument("images", $"has {_sent} entries; a concept is made of {Fewest} to {Most}").ToRpcException();
        }

        var missing = Enumerable.Range(0, _sent).Count(position => !_embeddings.ContainsKey(position));
        return missing == 0 && _embeddings.Count == _sent
            ? [.. Enumerable.Range(0, _sent).Select(position => _embeddings[position])]
            : throw EmbedFault.BadAnswer($"{_embeddings.Count} answers came for {_sent} images.");
    }
}
