using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.V1;

namespace Cdam.Evaluator.Tuning;

/// <summary>Takes a request to tune noise: checks all of it before anything is measured.</summary>
internal sealed class TuningStart(ImageSources sources, ModelFacts facts, ConceptPin pin)
{
    private const int DefaultImages = 200;

    private static readonly string[] DefaultMethods = ["smooth-cdam", "smooth-grad"];

    /// <exception cref="Grpc.Core.RpcException">It cannot be measured.</exception>
    internal async Task<NoiseTuning> CheckAsync(TuneNoiseRequest request, CancellationToken cancellation)
    {
        var settings = SettingsCheck.Check(request.Settings).Clone();
        if (settings.Metrics.Count > 0)
        {
            throw RequestFault.Of("settings.metrics", $"{settings.Metrics.Count} metrics; noise is chosen by a_lif_mif alone, so they must be left out.");
        }

        NoiseLevels.Check(request.NoiseLevels);
        settings.Percents.AddRange(settings.Percents.Count == 0 ? Percentages.OrDefault(settings.Percents) : []);
        settings.ImageLimit = settings.ImageLimit == 0 ? DefaultImages : settings.ImageLimit;
        if (settings.Methods.Count == 0)
        {
            settings.Methods.AddRange(DefaultMethods.Select(name => new MethodSpec { Name = name }));
        }

        var images = await sources.ListAsync(settings.Source, settings.ImageLimit, cancellation);
        await facts.CheckAsync(settings, images, cancellation);
        NoiseLevels.CheckMethods(settings.Methods, await facts.NameMethodsAsync(settings, cancellation));
        settings.PinnedConcept = await pin.AskAsync(settings.Model, settings.Target, "settings.target", cancellation);
        return new NoiseTuning(settings, NoiseLevels.OrDefault(request.NoiseLevels), images);
    }
}
