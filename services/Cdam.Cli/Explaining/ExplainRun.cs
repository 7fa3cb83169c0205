using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Explaining;

/// <summary>Pictures through one stream, results into files as they come.</summary>
internal sealed class ExplainRun(ExplainerService.ExplainerServiceClient client, ExplainRequest template, string output)
{
    private readonly Dictionary<string, List<Map>> _maps = [];

    /// <summary>Explains the pictures; faults of single ones are reported, and the rest go on.</summary>
    /// <returns>Whether all succeeded.</returns>
    public async Task<bool> Explain(IReadOnlyList<string> images, CancellationToken cancellation)
    {
        var failed = 0;
        await CommandErrors.Console.Progress().AutoClear(true).HideCompleted(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("explaining", maxValue: images.Count);
            using var call = client.ExplainStream(new Metadata { { "cdam-model", template.Model } }, cancellationToken: cancellation);
            var writing = Write(call.RequestStream, images, cancellation);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
            {
                failed += Handle(answer, images) ? 0 : 1;
                task.Value += answer.EventCase is ExplainStreamResponse.EventOneofCase.Result or ExplainStreamResponse.EventOneofCase.Error ? 1 : 0;
            }

            await writing;
        });
        Console.WriteLine($"{images.Count - failed} of {images.Count} pictures explained: {Path.GetFullPath(output)}");
        return failed == 0;
    }

    private async Task Write(IClientStreamWriter<ExplainStreamRequest> stream, IReadOnlyList<string> images, CancellationToken cancellation)
    {
        for (var index = 0; index < images.Count; index++)
        {
            var request = template.Clone();
            request.Image = new Image { Encoded = ByteString.CopyFrom(await File.ReadAllBytesAsync(images[index], cancellation)) };
            await stream.WriteAsync(new ExplainStreamRequest { Id = $"{index}", Request = request }, cancellation);
        }

        await stream.CompleteAsync();
    }

    private bool Handle(ExplainStreamResponse answer, IReadOnlyList<string> images)
    {
        switch (answer.EventCase)
        {
            case ExplainStreamResponse.EventOneofCase.Map:
                if (!_maps.TryGetValue(answer.Id, out var maps))
                {
                    _maps[answer.Id] = maps = [];
                }

                maps.Add(answer.Map);
                return true;
            case ExplainStreamResponse.EventOneofCase.Result:
                var index = int.Parse(answer.Id, System.Globalization.CultureInfo.InvariantCulture);
                _maps.Remove(answer.Id, out var finished);
                new ExplanationFiles(Folder(images, index), images[index]).Write(answer.Result, finished ?? []);
                return true;
            case ExplainStreamResponse.EventOneofCase.Error:
                var failed = images[int.Parse(answer.Id, System.Globalization.CultureInfo.InvariantCulture)];
                CommandErrors.Console.MarkupLineInterpolated($"[red]{failed}[/]: {answer.Error.Message}");
                return false;
            default:
                return true;
        }
    }

    /// <summary>A folder by the picture's name; a number is added where two pictures have the same.</summary>
    private string Folder(IReadOnlyList<string> images, int index)
    {
        var name = Path.GetFileNameWithoutExtension(images[index]);
        var earlier = images.Take(index).Count(other => Path.GetFileNameWithoutExtension(other) == name);
        return Path.Combine(output, earlier == 0 ? name : $"{name}-{earlier + 1}");
    }
}
