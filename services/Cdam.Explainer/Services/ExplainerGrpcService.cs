using Cdam.Attribution.Methods;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Models;
using Cdam.Explainer.Streams;
using Cdam.Explainer.Wire;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Explainer.Services;

/// <summary>cdam.v1.ExplainerService. Faults are exceptions; <see cref="FaultInterceptor"/> makes them statuses.</summary>
internal sealed class ExplainerGrpcService(
    ModelRegistry registry,
    ExplainPlanReader plans,
    ImageReader images,
    ImageExplainer explainer,
    ConceptFinder concepts,
    DeviceThread device,
    DuplexCallFactory calls,
    FaultReporter faults,
    ExplainerOptions options,
    ILogger<PredictSession> predictLog) : ExplainerService.ExplainerServiceBase
{
    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        var page = registry.List(request.PageSize, request.PageToken);
        return Task.FromResult(new ListModelsResponse { Models = { page.Models.Select(ModelWriter.Write) }, NextPageToken = page.NextToken });
    }

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new GetModelResponse { Model = ModelWriter.Write(registry.Get(request.Name, "name")) });

    public override Task<ListMethodsResponse> ListMethods(ListMethodsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListMethodsResponse { Methods = { MethodCatalog.All.Select(MethodWriter.Write) } });

    public override async Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context)
    {
        var model = registry.Serve(request.Model, "model");
        var call = new CallLifetime(context.Deadline, context.CancellationToken);
        var plan = await plans.ReadAsync(request, model, TensorWishes.None, call);
        var explained = await explainer.ExplainAsync(plan, call);
        return ExplainAnswerWriter.Write(explained, context.CancellationToken);
    }

    public override async Task ExplainStream(
        IAsyncStreamReader<ExplainStreamRequest> requestStream, IServerStreamWriter<ExplainStreamResponse> responseStream, ServerCallContext context)
    {
        using var call = calls.Create(requestStream, responseStream, context);
        await new ExplainSession(call, registry, plans, explainer, faults).RunAsync(options.MaxInFlightPerStream);
    }

    public override async Task Predict(
        IAsyncStreamReader<PredictRequest> requestStream, IServerStreamWriter<PredictResponse> responseStream, ServerCallContext context)
    {
        using var call = calls.Create(requestStream, responseStream, context);
        await new PredictSession(call, registry, concepts, device, options, faults, predictLog).RunAsync();
    }

    public override async Task Embed(
        IAsyncStreamReader<EmbedRequest> requestStream, IServerStreamWriter<EmbedResponse> responseStream, ServerCallContext context)
    {
        using var call = calls.Create(requestStream, responseStream, context);
        await new EmbedSession(call, registry, images, device, faults).RunAsync(options.MaxInFlightPerStream);
    }
}
