using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Requests;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Evaluation;

/// <summary>The gRPC service: checks, evaluates, maps events to messages.</summary>
internal sealed partial class EvaluationService(
    ExplainerService.ExplainerServiceClient explainer, EvaluationSlots slots, TimeProvider clock, ILogger<EvaluationService> logger)
    : EvaluatorService.EvaluatorServiceBase
{
    public override async Task EvaluateImage(
        EvaluateImageRequest request, IServerStreamWriter<EvaluateImageResponse> responseStream, ServerCallContext context)
    {
        RequestCheck.Check(request);
        using var slot = slots.Take();
        var id = Guid.CreateVersion7().ToString();
        LogStarted(id, request.Model, request.Methods.Count);

        // Proxies pass headers on only with the first message.
        await responseStream.WriteAsync(EventMessage.Started(id), context.CancellationToken);
        var session = new ExplainerSession(explainer, request, context.Deadline);
        var evaluation = new ImageEvaluation(session, Percentages.OrDefault(request.Percents), clock);
        try
        {
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

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} of model {Model} with {MethodCount} methods started")]
    private partial void LogStarted(string id, string model, int methodCount);

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} finished")]
    private partial void LogFinished(string id);

    [LoggerMessage(LogLevel.Information, "Evaluation {Id} failed with {Code}: {Detail}")]
    private partial void LogFailed(string id, StatusCode code, string detail);

    [LoggerMessage(LogLevel.Error, "Evaluation {Id} failed")]
    private partial void LogFault(Exception fault, string id);
}
