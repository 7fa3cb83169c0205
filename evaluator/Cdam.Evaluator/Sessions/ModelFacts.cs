using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sources;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>What the explainer says of a model and of methods, so that impossible sessions are refused before anything runs.</summary>
internal sealed class ModelFacts(ExplainerService.ExplainerServiceClient explainer)
{
    // The names are all there is to say; an explainer that needs longer is as good as lost.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Replaces aliases of methods by their names, and fills in the default.</summary>
    /// <returns>What the explainer says of these methods, in their order.</returns>
    /// <exception cref="RpcException">A method is unknown or named twice, or the explainer cannot be asked.</exception>
    internal async Task<IReadOnlyList<Method>> NameMethodsAsync(BenchmarkSettings settings, CancellationToken cancellation)
    {
        var request = new ListMethodsRequest();
        var known = (await AskAsync(options => explainer.ListMethodsAsync(request, options), settings.Model, cancellation)).Methods;
        if (settings.Methods.Count == 0)
        {
            settings.Methods.Add(new MethodSpec { Name = "cdam" });
        }

        for (var i = 0; i < settings.Methods.Count; i++)
        {
            var asked = settings.Methods[i];
            var method = known.FirstOrDefault(method => method.Name == asked.Name || method.Aliases.Contains(asked.Name))
                ?? throw RequestFault.Of($"settings.methods[{i}].name",
                    $"'{asked.Name}' is no method; there are {string.Join(", ", known.Select(method => method.Name))}.");
            asked.Name = method.Name;
            if (settings.Methods.Take(i).Any(other => other.Name == method.Name))
            {
                throw RequestFault.Of($"settings.methods[{i}].name", $"'{method.Name}' is asked for more than once.");
            }
        }

        return [.. settings.Methods.Select(method => known.First(other => other.Name == method.Name))];
    }

    /// <summary>
    /// Whether the model exists, its pictures have room for the boxes, and every image has the labels that
    /// <see cref="BenchmarkSettings.LabelUse"/> needs. Scenes get the model's size where none was asked for; the model's files are noted.
    /// </summary>
    /// <exception cref="RpcException">NOT_FOUND, INVALID_ARGUMENT, or the explainer cannot be asked.</exception>
    internal async Task CheckAsync(BenchmarkSettings settings, IReadOnlyList<SourceImage> images, CancellationToken cancellation)
    {
        var model = await GetAsync(settings.Model, cancellation);
        settings.CheckpointSha256.Clear();
        settings.CheckpointSha256.Add(model.CheckpointSha256);
        if (settings.Source.Scenes is { } scenes)
        {
            SceneFacts.Check(settings.LabelUse, model, scenes);
            BoxFacts.Check(settings, model);
            return;
        }

        BoxFacts.Check(settings, model);

        if (settings.LabelUse == LabelUse.Unspecified)
        {
            return;
        }

        foreach (var image in images)
        {
            CheckLabels(settings.LabelUse, model, image);
        }
    }

    /// <summary>Whether the model is still the one that the session was started with: no table can hold images of two.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: it is served from other files; or the explainer cannot be asked.</exception>
    internal async Task RequireUnchangedAsync(BenchmarkSettings settings, CancellationToken cancellation)
    {
        var now = (await GetAsync(settings.Model, cancellation)).CheckpointSha256;

        // An evaluator of before did not note them.
        if (settings.CheckpointSha256.Count > 0 && !now.SequenceEqual(settings.CheckpointSha256, StringComparer.OrdinalIgnoreCase))
        {
            throw WireStatus.FailedPrecondition(settings.Model,
                $"{settings.Model} is served from other files ({string.Join(", ", now)}) than when the session was started ({string.Join(", ", settings.CheckpointSha256)}); start it anew.",
                "MODEL_CHANGED").ToRpcException();
        }
    }

    private async Task<Model> GetAsync(string name, CancellationToken cancellation)
    {
        var request = new GetModelRequest { Name = name };
        return (await AskAsync(options => explainer.GetModelAsync(request, options), name, cancellation)).Model;
    }

    private static void CheckLabels(LabelUse use, Model model, SourceImage image)
    {
        var needed = use == LabelUse.Pair ? 2 : 1;
        if (image.Labels.Count < needed)
        {
            throw RequestFault.Of("settings.label_use", $"'{image.Name}' has {image.Labels.Count} labels; {needed} are required.");
        }

        var outputs = image.Labels.Take(needed).Select(label => OutputOf(model, label, image.Name)).ToList();
        if (outputs.Distinct().Count() < needed)
        {
            throw RequestFault.Of("settings.label_use", $"both labels of '{image.Name}' are {image.Labels[0]}; two classes are required.");
        }
    }

    /// <summary>The output that a label stands for.</summary>
    /// <param name="image">What it labels, for people.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is not exactly one.</exception>
    internal static int OutputOf(Model model, ImageLabel label, string image)
    {
        var found = label.Index is { } index
            ? model.Outputs.Where(output => output.Index == index).ToList()
            : model.Outputs.Where(output => output.Names.Contains(label.Output!, StringComparer.OrdinalIgnoreCase)).ToList();
        return found.Count == 1
            ? found[0].Index
            : throw RequestFault.Of("settings.label_use",
                $"label {label} of '{image}' stands for {found.Count} of the {model.Outputs.Count} outputs of {model.Name}; one is required.");
    }

    private static async Task<T> AskAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, string model, CancellationToken cancellation)
    {
        try
        {
            using var answer = call(new CallOptions(new Metadata { { "cdam-model", model } }, DateTime.UtcNow + Patience, cancellation));
            return await answer;
        }
        catch (RpcException fault)
        {
            throw ExplainerFault.PassOn(fault);
        }
    }
}
