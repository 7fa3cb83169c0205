using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Peeking;
using Cdam.Gateway.Pools;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Routing;

/// <summary>
/// Sends a call of the explainers to the pool that has its model: the one that the path names, or the header <c>cdam-model</c>, or
/// else the first message, which is looked at only where there are several pools.
/// </summary>
internal sealed class ModelRoutingMiddleware(
    RequestDelegate next, PoolSet pools, PoolChoice choice, ModelDirectory directory, IOptions<GatewayOptions> options)
{
    /// <summary>A route with this key in its metadata leads to whichever pool has the model.</summary>
    private const string ByModel = "ByModel";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!GrpcCall.Is(context) || context.GetRouteModel().Config.Metadata?.ContainsKey(ByModel) != true)
        {
            await next(context);
            return;
        }

        if (await RouteAsync(context) is { } fault)
        {
            CallFault.Of(context).Status = fault;
            return;
        }

        await next(context);
    }

    private async Task<Status?> RouteAsync(HttpContext context)
    {
        var all = pools.All();
        var model = RequestedModel.Read(context, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        if (all.Count == 1)
        {
            Assign(context, choice.Within(all[0], model), model);
            return null;
        }

        if (model is null)
        {
            (model, fault) = await PeekAsync(context, all);
        }

        return model is null ? fault : await SendAsync(context, model);
    }

    private async Task<(string? Model, Status? Fault)> PeekAsync(HttpContext context, IReadOnlyList<ClusterState> all)
    {
        if (ModelFields.Of(CallPath.MethodOf(context)) is not { } field)
        {
            field = new ModelField(RequestedModel.Header, []);
            return (null, RoutingFault.Unnamed(PeekOutcome.Unnamed, field, null, all.Select(pool => pool.ClusterId), options.Value));
        }

        var encoding = context.Request.Headers.GrpcEncoding.ToString();
        var message = new FirstMessage(field, encoding, options.Value.PeekBytes);
        var outcome = await FirstMessagePeek.ReadAsync(
            context.Request.BodyReader, message, options.Value.FirstMessageTimeout, context.RequestAborted);
        return outcome == PeekOutcome.Named
            ? (ModelName.Of(message.Model!), null)
            : (null, RoutingFault.Unnamed(outcome, field, encoding, all.Select(pool => pool.ClusterId), options.Value));
    }

    private async Task<Status?> SendAsync(HttpContext context, string model)
    {
        if (await choice.ChooseAsync(model, context.RequestAborted) is not { } place)
        {
            var answers = directory.Reports.Where(report => report.Pool != PoolSet.Evaluators).ToLookup(report => report.Pool, report => report.IsReached);
            var missing = answers.Where(pool => !pool.Any(isReached => isReached)).Select(pool => pool.Key).ToList();
            return RoutingFault.Unknown(model, [.. answers.Select(pool => pool.Key).Except(missing)], missing);
        }

        Assign(context, place, model);
        return null;
    }

    private static void Assign(HttpContext context, PoolPlace place, string? model)
    {
        context.ReassignProxyRequest(place.Pool);
        context.GetReverseProxyFeature().AvailableDestinations = place.Destinations;
        context.Features.Set(new RoutedModel(model, place.IsReady));
    }
}
