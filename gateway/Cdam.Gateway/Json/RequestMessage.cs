using System.Text;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Cdam.Gateway.Json;

/// <summary>Makes a request's message of its path, its query and its body, of which the path wins and the body comes last.</summary>
internal static class RequestMessage
{
    // Fields of a message that are no text grow by a third in JSON, as base64; what else there is, is small beside them.
    private const int Overhead = 1 << 20;

    // What curl says of --data and --data-binary where nobody told it.
    private const string UnsaidType = "application/x-www-form-urlencoded";

    /// <param name="request">As sent.</param>
    /// <param name="binding">What it calls.</param>
    /// <param name="values">What the path's variables stand for.</param>
    /// <param name="limit">The largest message, bytes.</param>
    /// <param name="more">Fields that the client asks for in another way.</param>
    /// <exception cref="RpcException">It cannot be read; the status names the field.</exception>
    internal static async Task<IMessage> ReadAsync(
        HttpRequest request, HttpBinding binding, IReadOnlyList<string> values, int limit, IEnumerable<(string Path, string Text)> more)
    {
        var type = binding.Method.InputType;
        var fields = new QueryTree(type);
        foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value))
        {
            fields.Add(parameter.DecodeName().ToString(), parameter.DecodeValue().ToString());
        }

        foreach (var (path, text) in more.Concat(binding.Path.Variables.Zip(values, (variable, value) => (variable.Field, value))))
        {
            fields.Add(path, text);
        }

        var given = Parse(new StringReader(fields.Json), type, "query");
        if (!binding.HasBody)
        {
            return given;
        }

        var message = Body(request.ContentType, await BodyBytes.ReadAsync(request, InBase64(limit), limit), type);
        message.MergeFrom(given.ToByteArray());
        return message;
    }

    /// <summary>The most bytes of a body in which the largest message is base64.</summary>
    internal static long InBase64(int limit) => ((long)limit * 4 / 3) + Overhead;

    private static IMessage Body(string? contentType, ReadOnlyMemory<byte> bytes, MessageDescriptor type)
    {
        var mediaType = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        if (bytes.IsEmpty || mediaType.EndsWith("json", StringComparison.Ordinal) || (mediaType is "" or UnsaidType && IsObject(bytes.Span)))
        {
            return Parse(new StreamReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8), type, "body", bytes.IsEmpty);
        }

        var picture = type.Fields.InDeclarationOrder().FirstOrDefault(field => field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType == Image.Descriptor)
            ?? throw WireStatus.InvalidArgument("body", $"is '{mediaType}'; must be application/json", "UNKNOWN_MEDIA_TYPE").ToRpcException();
        var message = type.Parser.ParseFrom([]);
        picture.Accessor.SetValue(message, new Image { Encoded = UnsafeByteOperations.UnsafeWrap(bytes) });
        return message;
    }

    /// <summary>True where it is a JSON object, as which no picture begins.</summary>
    private static bool IsObject(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static IMessage Parse(TextReader json, MessageDescriptor type, string part, bool isEmpty = false)
    {
        try
        {
            return isEmpty ? type.Parser.ParseFrom([]) : JsonParser.Default.Parse(json, type);
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw WireStatus.InvalidArgument(part, $"cannot be read as {type.Name}: {fault.Message}", "MALFORMED_REQUEST").ToRpcException();
        }
    }
}
