using System.Security.Cryptography;
using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sources;
using Cdam.Evaluator.Store;
using Cdam.Scoring.Metrics;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>Takes a request for a session: checks all of it, then makes the session.</summary>
internal sealed class SessionStart(SessionStore store, ImageSources sources, ModelFacts facts, ConceptPin pin)
{
    /// <param name="asked">As the client sent it.</param>
    /// <param name="requestId">A UUID, or empty.</param>
    /// <param name="cancellation">Gives up before the session is made.</param>
    /// <exception cref="RpcException">It cannot be measured.</exception>
    internal async Task<BenchmarkRow> StartAsync(BenchmarkSettings? asked, string requestId, CancellationToken cancellation)
    {
        var settings = SettingsCheck.Check(asked).Clone();
        settings.PinnedConcept = null;
        settings.CheckpointSha256.Clear();
        var id = RequestId(requestId);
        var hash = SHA256.HashData(settings.ToByteArray());
        if (await store.FindRequestAsync(id, cancellation) is { } before)
        {
            return Same(before, hash, requestId);
        }

        var images = await sources.ListAsync(settings.Source, settings.ImageLimit, cancellation);
        MetricCheck.CheckMasks(settings, images);
        await facts.CheckAsync(settings, images, cancellation);
        await facts.NameMethodsAsync(settings, cancellation);
        FillIn(settings);
        settings.PinnedConcept = await pin.AskAsync(settings.Model, settings.Target, "settings.target", cancellation);
        return Same(await store.CreateAsync(settings, id, hash, images, cancellation), hash, requestId);
    }

    private static string? RequestId(string requestId) => requestId.Length == 0 ? null
        : Guid.TryParse(requestId, out var id) ? id.ToString("N")
        : throw RequestFault.Of("request_id", $"'{requestId}' is no UUID.");

    private static BenchmarkRow Same(BenchmarkRow row, byte[] hash, string requestId) => row.RequestHash.AsSpan().SequenceEqual(hash)
        ? row
        : throw WireStatus.AlreadyExists("benchmark", SessionName.Of(row.Id), $"Request '{requestId}' started this with other settings.")
            .ToRpcException();

    private static void FillIn(BenchmarkSettings settings)
    {
        if (settings.Metrics.Count == 0)
        {
            settings.Metrics.AddRange(
                BenchmarkMetric.All.Where(metric => metric.IsPossibleWith(MetricNeeds.Curves | MetricNeeds.TokenGradients)).Select(metric => metric.Name));
        }

        if (settings.Percents.Count == 0)
        {
            settings.Percents.AddRange(Percentages.OrDefault(settings.Percents));
        }
    }
}
