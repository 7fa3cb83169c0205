using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using HttpResponse = Microsoft.AspNetCore.Http.HttpResponse;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Json;

/// <summary>
/// Writes what a call answers: one JSON object, or of a stream one a line, as they come. A stream that fails after it began ends with a
/// line <c>{"error": STATUS}</c>.
/// </summary>
/// <param name="response">Of the client.</param>
/// <param name="method">That answers.</param>
/// <param name="asPicture">True where the first map's picture is wanted instead.</param>
internal sealed class JsonAnswer(HttpResponse response, MethodDescriptor method, bool asPicture)
{
    internal const string StreamMediaType = "application/x-ndjson";
    internal const string PictureMediaType = "image/png";

    private IMessage? _single;

    /// <summary>Takes a message.</summary>
    internal async Task TakeAsync(ReadOnlyMemory<byte> bytes, IHeaderDictionary headers)
    {
        var message = method.OutputType.Parser.ParseFrom(bytes.Span);
        if (!method.IsServerStreaming)
        {
            _single = message;
            return;
        }

        if (!response.HasStarted)
        {
            Begin(StreamMediaType, headers);
        }

        await WriteAsync(JsonText.Of(message, after: "\n"));
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>The call has ended.</summary>
    internal Task EndAsync(Status status, IHeaderDictionary headers)
    {
        if (response.HasStarted)
        {
            return status.Code == (int)Code.Ok ? Task.CompletedTask : WriteAsync(JsonText.Of(JsonText.Writable(status), "{\"error\": ", "}\n"));
        }

        if (status.Code == (int)Code.Ok && _single is null && !method.IsServerStreaming)
        {
            status = WireStatus.Internal($"{method.FullName} ended without an answer.", "NO_ANSWER");
        }

        if (status.Code != (int)Code.Ok)
        {
            return JsonError.WriteAsync(response, status);
        }

        var picture = asPicture && _single is ExplainResponse { Maps: [{ OverlayPng.IsEmpty: false } map, ..] } ? map.OverlayPng : null;
        Begin(picture is not null ? PictureMediaType : method.IsServerStreaming ? StreamMediaType : JsonError.MediaType, headers);
        return picture is not null ? response.Body.WriteAsync(picture.Memory, response.HttpContext.RequestAborted).AsTask()
            : _single is not null ? WriteAsync(JsonText.Of(_single, after: "\n"))
            : Task.CompletedTask;
    }

    private void Begin(string mediaType, IHeaderDictionary headers)
    {
        // What the services themselves say in headers; those of the protocol mean nothing here.
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("cdam-", StringComparison.OrdinalIgnoreCase)))
        {
            response.Headers[name] = value;
        }

        response.ContentType = mediaType;
    }

    private async Task WriteAsync(MemoryStream text)
    {
        await using (text)
        {
            await text.CopyToAsync(response.Body, response.HttpContext.RequestAborted);
        }
    }
}
