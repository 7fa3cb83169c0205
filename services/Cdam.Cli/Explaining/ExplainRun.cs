using System.Globalization;
using Cdam.Attribution.Checkpoints;
using Cdam.V1;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Explaining;

/// <summary>Images through one stream, results into files as they come.</summary>
internal sealed class ExplainRun(
    ExplainerService.ExplainerServiceClient client, ExplainRequest template, IReadOnlyList<ModelOutput> outputs, IImageFiles files, string output)
{
    private readonly Dictionary<string, List<Map>> _maps = [];
    private int _explained;
    private int _failed;

    /// <summary>Explains the files; faults of single ones are reported, and the rest go on.</summary>
    /// <returns>Whether all succeeded.</returns>
    public async Task<bool> Explain(IReadOnlyList<string> images, CancellationToken cancellation)
    {
        await CommandErrors.Console.Progress().AutoClear(true).HideCompleted(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("explaining", maxValue: images.Count);

            // If sending fails, no answers will come: the call must end, or reading would wait for ever.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var call = client.ExplainStream(new Metadata { { "cdam-model", template.Model } }, cancellationToken: ending.Token);
            var writing = Write(call.RequestStream, images, ending);
            try
            {
                await foreach (var answer in call.ResponseStream.ReadAllAsync(ending.Token))
                {
                    Handle(answer, images);
                    task.Value = _explained + _failed;
                }
            }
            catch (Exception) when (writing.IsFaulted)
            {
                await writing;
            }

            await writing;
        });
        Console.WriteLine($"{_explained} of {images.Count} {files.Noun} explained: {Path.GetFullPath(output)}");
        return _explained == images.Count;
    }

    private async Task Write(IClientStreamWriter<ExplainStreamRequest> stream, IReadOnlyList<string> images, CancellationTokenSource ending)
    {
        try
        {
            for (var index = 0; index < images.Count; index++)
            {
                if (await Read(images[index], ending.Token) is { } image)
                {
                    var request = template.Clone();
                    request.Image = image;
                    await stream.WriteAsync(new ExplainStreamRequest { Id = $"{index}", Request = request }, ending.Token);
                }
            }

            await stream.CompleteAsync();
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }

    /// <summary>An image; null, reported, if the file cannot be read.</summary>
    private async Task<Image?> Read(string image, CancellationToken cancellation)
    {
        try
        {
            return await files.Read(image, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CheckpointException)
        {
            Fail(image, exception.Message);
            return null;
        }
    }

    private void Fail(string image, string reason)
    {
        Interlocked.Increment(ref _failed);
        CommandErrors.Console.MarkupLineInterpolated($"[red]{image}[/]: {reason}");
    }

    private void Handle(ExplainStreamResponse answer, IReadOnlyList<string> images)
    {
        switch (answer.EventCase)
        {
            case ExplainStreamResponse.EventOneofCase.Map:
                if (!_maps.TryGetValue(answer.Id, out var maps))
                {
                    _maps[answer.Id] = maps = [];
                }

                maps.Add(answer.Map);
                break;
            case ExplainStreamResponse.EventOneofCase.Result:
                var index = Index(answer);
                _maps.Remove(answer.Id, out var finished);
                new ExplanationFiles(Folder(images, index), images[index], outputs).Write(answer.Result, finished ?? []);
                _explained++;
                break;
            case ExplainStreamResponse.EventOneofCase.Error:
                Fail(images[Index(answer)], answer.Error.Message);
                break;
            default:
                break;
        }
    }

    private static int Index(ExplainStreamResponse answer) => int.Parse(answer.Id, CultureInfo.InvariantCulture);

    /// <summary>A folder by the file's name; a number is added where two have the same.</summary>
    private string Folder(IReadOnlyList<string> images, int index)
    {
        var name = Path.GetFileNameWithoutExtension(images[index]);
        var earlier = images.Take(index).Count(other => Path.GetFileNameWithoutExtension(other) == name);
        return Path.Combine(output, earlier == 0 ? name : $"{name}-{earlier + 1}");
    }
}
