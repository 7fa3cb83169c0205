using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Tuning;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Evaluation;

/// <summary>The gRPC service: checks, evaluates, maps events to messages.</summary>
internal sealed partial class EvaluationService(
    ExplainerService.ExplainerServiceClient explainer,
    ConceptPin pin,
    EvaluationSlots slots,
    BenchmarkCalls benchmarks,
    TuningCall tuning,
    TimeProvider clock,
    IOptions<EvaluatorOptions> options,
    ILogger<EvaluationService> logger)
    : EvaluatorService.EvaluatorServiceBase
{
    public override async Task EvaluateImage(
        EvaluateImageRequest request, IServerStreamWriter<EvaluateImageResponse> responseStream, ServerCallContext context)
    {
        RequestCheck.Check(request);
        ImageSize.Check(request.Image, options.Value);
        using var slot = slots.Take();
        var id = Guid.CreateVersion7().ToString();
        LogStarted(id, request.Model, request.Methods.Count);

        // Proxies pass headers on only with the first message.
        await responseStream.WriteAsync(EventMessage.Started(id), context.CancellationToken);
        try
        {
            var session = await PinAsync(request, context);
            var evaluation = new ImageEvaluation(session, Percentages.OrDefault(request.Percents), clock);
            await foreach (var step in evaluation.RunAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(EventMessage.Of(step), context.CancellationToken);
            }

            LogFinished(id);
        }
        catch (RpcException fault)
        {
            LogFailed(id, fault.StatusCode, fault.Status.Detail);
            throw;
        }
        catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
        {
            LogFault(fault, id);
            throw WireStatus.Internal($"Evaluation {id} failed; the evaluator's log says why.").ToRpcException();
        }
    }

    public override Task<UploadImagesResponse> UploadImages(IAsyncStreamReader<UploadImagesRequest> requestStream, ServerCallContext context) =>
        Guard(benchmarks.UploadAsync(requestStream, context.CancellationToken), context);

    public override Task<StartBenchmarkResponse> StartBenchmark(StartBenchmarkRequest request, ServerCallContext context) =>
        Guard(benchmarks.StartAsync(request, context.CancellationToken), context);

    public override Task RunBenchmark(
        RunBenchmarkRequest request, IServerStreamWriter<RunBenchmarkResponse> responseStream, ServerCallContext context) =>
        Guard(benchmarks.RunAsync(request, responseStream, context.CancellationToken), context);

    public override Task AttachBenchmark(
        AttachBenchmarkRequest request, IServerStreamWriter<AttachBenchmarkResponse> responseStream, ServerCallContext context) =>
        Guard(benchmarks.AttachAsync(request, responseStream, context.CancellationToken), context);

    public override Task<CancelBenchmarkResponse> CancelBenchmark(CancelBenchmarkRequest request, ServerCallContext context) =>
        Guard(benchmarks.CancelAsync(request, context.CancellationToken), context);

    public override Task<ListBenchmarksResponse> ListBenchmarks(ListBenchmarksRequest request, ServerCallContext context) =>
        Guard(benchmarks.ListAsync(request, context.CancellationToken), context);

    public override Task<GetBenchmarkResponse> GetBenchmark(GetBenchmarkRequest request, ServerCallContext context) =>
        Guard(benchmarks.GetAsync(request, context.CancellationToken), context);

    public override Task GetReport(
        GetReportRequest request, IServerStreamWriter<GetReportResponse> responseStream, ServerCallContext context) =>
        Guard(benchmarks.ReportAsync(request, responseStream, context.CancellationToken), context);

    public override Task TuneNoise(
        TuneNoiseRequest request, IServerStreamWriter<TuneNoiseResponse> responseStream, ServerCallContext context) =>
        Guard(tuning.RunAsync(request, responseStream, context.CancellationToken), context);

    /// <summary>Maps and logits are asked for by two calls, between which a concept could change.</summary>
    private async Task<ExplainerSession> PinAsync(EvaluateImageRequest request, ServerCallContext context)
    {
        var id = request.Target?.ConceptId ?? "";
        if (await pin.AskAsync(request.Model, request.Target, "target", context.CancellationToken) is { } concept)
        {
            request.Target = new Target { Concept = concept };
        }

        return new ExplainerSession(explainer, request, context.Deadline) { ConceptId = id };
    }

    private async Task<T> Guard<T>(Task<T> call, ServerCallContext context)
    {
        await Guard((Task)call, context);
        return await call;
    }

    /// <summary>Faults without a status become one here; the client sees no exception's text.</summary>
    private async Task Guard(Task call, ServerCallContext context)
    {
        try
        {
            await call;
        }
        catch (Exception fault) when (fault is not RpcException && !context.CancellationToken.IsCancellationRequested)
        {
            LogFault(fault, context.Method);
            throw WireStatus.Internal($"{context.Method} failed; the evaluator's log says why.").ToRpcException();
        }
    }

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} of model {Model} with {MethodCount} methods started")]
    private partial void LogStarted(string id, string model, int methodCount);

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} finished")]
    private partial void LogFinished(string id);

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} failed with {Code}: {Detail}")]
    private partial void LogFailed(string id, StatusCode code, string detail);

    [LoggerMessage(LogLevel.Error, "{Id} failed")]
    private partial void LogFault(Exception fault, string id);
}
