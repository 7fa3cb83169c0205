using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cdam.Telemetry;
using Cdam.Telemetry.Calls;
using Cdam.Telemetry.Metrics;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Cdam.Evaluator.Telemetry;

/// <summary>A span and a measurement for each call of an explainer.</summary>
internal sealed class ExplainerCalls(HostMeter meter, ActivitySource spans) : Interceptor
{
    private readonly Histogram<double> _durations = meter.Value.Histogram(EvaluatorMetrics.ExplainerCallDuration);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var (call, ended) = Begin(context.Method, () => continuation(request, context), begun => begun.GetStatus());
        return new AsyncUnaryCall<TResponse>(
            EndAsync(call.ResponseAsync, ended), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var (call, ended) = Begin(context.Method, () => continuation(context), begun => begun.GetStatus());
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            call.RequestStream, call.ResponseStream, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, () =>
            {
                ended();
                call.Dispose();
            });
    }

    private static async Task<T> EndAsync<T>(Task<T> answer, Action ended)
    {
        try
        {
            return await answer;
        }
        finally
        {
            ended();
        }
    }

    /// <summary>The span is the current one only while the call begins, which is when its headers are written.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="call">Begins the call.</param>
    /// <param name="status">Its status; throws before its end.</param>
    private (T Call, Action Ended) Begin<T>(IMethod method, Func<T> call, Func<T, Status> status)
    {
        var started = Stopwatch.GetTimestamp();
        var (name, caller) = (method.FullName.TrimStart('/'), Activity.Current);
        var span = spans.StartActivity(name, ActivityKind.Client);
        try
        {
            var begun = call();
            return (begun, () => End(name, span, started, () => status(begun)));
        }
        finally
        {
            Activity.Current = caller;
        }
    }

    private void End(string method, Activity? span, long started, Func<Status> status)
    {
        var code = CodeOf(status);
        var name = StatusName.Of((int)code);
        _durations.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds, new("rpc.system.name", "grpc"), new("rpc.method", method), new("rpc.response.status_code", name));
        span?.SetTag("rpc.system.name", "grpc").SetTag("rpc.method", method).SetTag("rpc.response.status_code", name);
        span?.SetStatus(code == StatusCode.OK ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        span?.Stop();
    }

    /// <summary>Who leaves a call before its end cancels it.</summary>
    private static StatusCode CodeOf(Func<Status> status)
    {
        try
        {
            return status().StatusCode;
        }
        catch (InvalidOperationException)
        {
            return StatusCode.Cancelled;
        }
    }
}
