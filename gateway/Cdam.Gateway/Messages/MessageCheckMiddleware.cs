using Cdam.Gateway.Auditing;
using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Peeking;
using Cdam.Gateway.Routing;
using Microsoft.Extensions.Options;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Messages;

/// <summary>
/// Ends calls whose messages are too large, or whose first message names another model than the header or path by which the call was
/// routed. Messages are looked at as they pass; none is waited for that has not begun.
/// </summary>
internal sealed class MessageCheckMiddleware(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (GrpcCall.Is(context))
        {
            var sizes = new MessageSizes(options.Value.MaxMessageBytes);
            var routed = context.Features.Get<RoutedModel>()?.Name;
            var record = context.Features.Get<CallRecord>();
            var field = routed is null && record is null ? null : ModelFields.Of(CallPath.MethodOf(context));
            var first = field is null ? null : new FirstMessage(field, context.Request.Headers.GrpcEncoding, options.Value.PeekBytes);
            context.Request.Body = new CheckedBody(
                context.Request.Body,
                sizes,
                bytes =>
                {
                    record?.Read(bytes.Length);
                    return Excess(sizes) ?? (first is null ? null : Mismatch(first, field!, routed, record, bytes.Span));
                },
                fault => CallFault.Of(context).Status = fault);
        }

        return next(context);
    }

    private Status? Excess(MessageSizes sizes) =>
        sizes.Excess is { } length ? RoutingFault.TooLarge(length, options.Value.MaxMessageBytes) : null;

    /// <remarks>A message without the name, or one that cannot be read, is left to the explainer.</remarks>
    private static Status? Mismatch(FirstMessage first, ModelField field, string? routed, CallRecord? record, ReadOnlySpan<byte> bytes)
    {
        if (first.Feed(bytes) != PeekOutcome.Named)
        {
            return null;
        }

        record?.Model = ModelName.Of(first.Model!);
        return routed is null || ModelName.Of(first.Model!) == routed ? null : RoutingFault.Mismatch(field, first.Model!, routed);
    }
}
