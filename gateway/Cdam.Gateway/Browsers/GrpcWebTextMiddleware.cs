using System.Buffers;
using System.Buffers.Text;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Json;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Browsers;

/// <summary>
/// Makes gRPC-Web of its base64 form, which browsers without streaming fetch use. UseGrpcWeb knows it, but its reader cannot be advanced
/// but by whole messages, and neither looking at a message first nor forwarding it does that. Calls have one message, so it is read whole.
/// </summary>
internal sealed class GrpcWebTextMiddleware(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private const string Text = "application/grpc-web-text";
    private const string Binary = "application/grpc-web";

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType?.StartsWith(Text, StringComparison.OrdinalIgnoreCase) != true)
        {
            await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            context.Response.ContentType = context.Response.ContentType?.Replace(Binary, Text, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        try
        {
            request.Body = await DecodedAsync(request);
        }
        catch (RpcException fault)
        {
            GrpcCall.End(context.Response, fault.GetRpcStatus()!);
            context.Response.ContentType = Binary;
            return;
        }

        request.ContentLength = request.Body.Length;
        request.ContentType = request.Headers.Accept = Binary + request.ContentType[Text.Length..];
        var plain = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var encoded = new Base64Stream(plain.Stream);
        var body = new StreamResponseBodyFeature(encoded, plain);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
            await body.CompleteAsync();
        }
        finally
        {
            context.Features.Set(plain);
        }
    }

    private async Task<MemoryStream> DecodedAsync(HttpRequest request)
    {
        var limit = options.Value.MaxMessageBytes;
        var rest = await BodyBytes.ReadAsync(request, RequestMessage.InBase64(limit), limit);
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(rest.Length)];
        var length = 0;
        while (rest.Length > 0)
        {
            // Padding ends a piece, after which another may begin.
            var padding = rest.Span.IndexOf((byte)'=');
            var piece = padding < 0 ? rest : rest[..Math.Min(rest.Length, ((padding / 4) + 1) * 4)];
            if (Base64.DecodeFromUtf8(piece.Span, decoded.AsSpan(length), out _, out var written) != OperationStatus.Done)
            {
                throw WireStatus.InvalidArgument("body", $"is not base64, as {Text} must be", "MALFORMED_MESSAGE").ToRpcException();
            }

            length += written;
            rest = rest[piece.Length..];
        }

        return new MemoryStream(decoded, 0, length);
    }
}
